// An agent's Knowledge: the list with its files and its trial, and one entry.

import { expect, type Locator, type Page } from '@playwright/test';

export class Knowledge {
  readonly tab: Locator;
  readonly newEntry: Locator;
  readonly entries: Locator;
  readonly question: Locator;
  readonly tryIt: Locator;
  /** Where files are chosen. */
  readonly files: Locator;
  readonly outcomes: Locator;
  readonly title: Locator;
  readonly body: Locator;
  readonly save: Locator;

  constructor(readonly page: Page) {
    this.tab = page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Knowledge' });
    this.newEntry = page.getByRole('link', { name: 'New entry' });
    this.entries = page.getByRole('region', { name: /entr(y|ies)$/ }).getByRole('listitem');
    this.question = page.getByRole('searchbox', { name: "A customer's question" });
    this.tryIt = page.getByRole('button', { name: 'Try', exact: true });
    this.files = page.locator('#files');
    this.outcomes = page.getByRole('list', { name: 'Your files' }).getByRole('listitem');
    this.title = page.getByRole('textbox', { name: 'Title' });
    this.body = page.getByRole('textbox', { name: 'Text' });
    this.save = page.getByRole('button', { name: 'Save', exact: true });
  }

  /** The line of an entry. */
  entry(title: string): Locator {
    return this.entries.filter({ hasText: title });
  }

  /** Writes a new entry and comes back to the list. */
  async write(title: string, body: string): Promise<void> {
    await this.newEntry.click();
    await this.title.fill(title);
    await this.body.fill(body);
    await this.save.click();
    await expect(this.entry(title)).toBeVisible();
  }

  async upload(name: string, text: string, mimeType = 'text/markdown'): Promise<void> {
    await this.files.setInputFiles({ name, mimeType, buffer: Buffer.from(text) });
    await expect(this.outcomes.filter({ hasText: name })).toBeVisible();
  }

  /** Asks as a customer would. */
  async ask(question: string): Promise<void> {
    await this.question.fill(question);
    await this.tryIt.click();
  }
}
