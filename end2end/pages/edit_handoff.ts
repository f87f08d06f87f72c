// Edit Human Handoff, its history, and what stands between an admin and a mistake.

import { expect, type Locator, type Page } from '@playwright/test';

export type Field = { name: string; description?: string; kind?: string; required?: boolean };

export class EditHandoff {
  readonly enabled: Locator;
  readonly whenToUse: Locator;
  readonly autoPriority: Locator;
  readonly personButton: Locator;
  readonly add: Locator;
  readonly submit: Locator;
  /** The rows' names, in their order. */
  readonly names: Locator;
  /** How Baton reads When to Use. */
  readonly reading: Locator;
  /** Try a message: the field, what is told, the part of the page with both. */
  readonly message: Locator;
  readonly told: Locator;
  readonly trial: Locator;
  /** One group for each example. */
  readonly examples: Locator;

  constructor(readonly page: Page) {
    this.enabled = page.getByRole('switch', { name: 'Enabled', exact: true });
    this.whenToUse = page.getByRole('textbox', { name: 'When to Use' });
    this.autoPriority = page.getByRole('switch', { name: 'Auto-assign priority' });
    this.personButton = page.locator('[name="person_button"]');
    this.add = page.getByRole('button', { name: 'Add a row' });
    this.submit = page.getByRole('button', { name: 'Save', exact: true });
    this.reading = page.getByRole('region', { name: 'How Baton reads it' });
    this.trial = page.getByRole('region', { name: 'Try a message' });
    this.message = this.trial.getByRole('textbox', { name: 'Try a message' });
    this.told = this.trial.getByRole('status');
    this.examples = page.getByRole('group', { name: /^Example \d+$/ });
    this.names = page.locator('[name^="gather."][name$=".name"]');
  }

  /** One control of a row, by its place from 0. */
  control(row: number, name: 'name' | 'description' | 'kind' | 'choices' | 'required'): Locator {
    return this.page.locator(`[name="gather.${row}.${name}"]`);
  }

  async addField({ name, description = '', kind, required = false }: Field): Promise<void> {
    const row = await this.names.count();
    await this.add.click();
    await expect(this.names).toHaveCount(row + 1);
    await this.control(row, 'name').fill(name);
    await this.control(row, 'description').fill(description);
    if (kind) await this.control(row, 'kind').selectOption(kind);
    await this.control(row, 'required').setChecked(required);
  }

  /** The rules that were read as of one kind. */
  read(kind: string): Locator {
    return this.reading.getByRole('list', { name: kind }).getByRole('listitem');
  }

  /** Tries a message and waits until this is told about it. */
  async try(message: string, told: string | RegExp): Promise<void> {
    await this.message.fill(message);
    await expect(this.told).toContainText(told);
  }

  /** The text of one example, by its place from 0. */
  example(row: number): Locator {
    return this.page.locator(`[name="examples.${row}.text"]`);
  }

  /** Saves and waits until it is stored. */
  async save(): Promise<void> {
    await this.submit.click();
    await expect(this.page.getByText(/^Saved/).first()).toBeVisible();
  }
}
