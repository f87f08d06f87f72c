// The chat as a customer has it: a launcher on somebody's page, and the frame that it opens.

import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

export type By = 'customer' | 'ai' | 'teammate' | 'system';

export class Widget {
  readonly frame: FrameLocator;
  readonly composer: Locator;
  readonly person: Locator;
  readonly log: Locator;
  /** Who answers. */
  readonly owner: Locator;
  readonly connection: Locator;
  readonly notice: Locator;
  readonly typing: Locator;
  /** What the AI agent is writing: no message yet, and not read out. */
  readonly writing: Locator;

  constructor(readonly page: Page) {
    this.frame = page.frameLocator('iframe[title="Chat"]');
    this.composer = this.frame.getByLabel('Write a message');
    this.person = this.frame.getByRole('button', { name: 'Talk to a person' });
    this.log = this.frame.getByRole('log', { name: 'Conversation' });
    this.owner = this.frame.locator('#owner');
    this.connection = this.frame.locator('#connection');
    this.notice = this.frame.locator('#notice');
    this.typing = this.frame.locator('#typing');
    this.writing = this.log.locator('.row[aria-hidden="true"] .bubble');
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Open chat' }).click();
    await expect(this.rows('ai').first()).toBeVisible(); // the greeting
  }

  /** Messages, all or those of one author, oldest first. */
  rows(by?: By): Locator {
    return this.log.locator(by ? `.row[data-author="${by}"] .bubble` : '.row .bubble');
  }

  /** A message with this text. */
  message(text: string | RegExp, by?: By): Locator {
    return this.rows(by).filter({ hasText: text });
  }

  /** Writes and sends a message; it shows at once, whatever the network does. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.message(text, 'customer')).toHaveCount(1);
  }

  /** Writes, waits for the next answer that is not the customer's, and gives it back. */
  async ask(text: string): Promise<string> {
    const others = this.log.locator('.row:not([data-author="customer"]) .bubble');
    const before = await others.count();
    await this.say(text);
    await expect(others).not.toHaveCount(before);
    return others.last().innerText();
  }
}
