// The open conversation: what is in it, what a teammate does with it, and the composer.

import { expect, type Locator, type Page } from '@playwright/test';

export class Thread {
  readonly list: Locator;
  /** What the AI agent is writing, as far as the customer reads it already. */
  readonly writing: Locator;
  readonly takeOver: Locator;
  readonly resolve: Locator;
  readonly reopen: Locator;
  readonly composer: Locator;
  readonly noteComposer: Locator;
  readonly send: Locator;
  /** Where a handoff began: why, its summary, what was gathered. */
  readonly handoff: Locator;
  /** The last handoff's marker line. */
  readonly marker: Locator;
  /** Says who was quicker. */
  readonly lostRace: Locator;
  readonly header: Locator;
  readonly details: Locator;

  constructor(readonly page: Page) {
    this.list = page.getByRole('list', { name: 'Thread' });
    this.writing = page.locator('[data-writing]');
    const toolbar = page.getByRole('toolbar', { name: 'Conversation actions' });
    this.takeOver = toolbar.getByRole('button', { name: 'Take over' });
    this.resolve = toolbar.getByRole('button', { name: 'Resolve' });
    this.reopen = toolbar.getByRole('button', { name: 'Reopen' });
    this.composer = page.getByRole('textbox', { name: /^Reply to / });
    this.noteComposer = page.getByRole('textbox', { name: 'Private note for the team' });
    this.send = page.getByRole('button', { name: 'Send reply' });
    this.handoff = this.list.getByRole('region', { name: /Needs agent intervention/ });
    this.marker = this.list.getByText('Needs agent intervention').last();
    this.lostRace = page.getByRole('dialog', { name: /took this conversation/ });
    this.header = page.getByRole('region', { name: 'Conversation' }).locator('header');
    this.details = page.getByRole('complementary', { name: 'Details' });
  }

  /** Messages and notes that hold this text, not the lines and cards that quote them. */
  message(text: string | RegExp): Locator {
    return this.list.locator('[id^="entry-"][dir="auto"]').filter({ hasText: text });
  }

  /** Opens "Why?" of the last AI message with this text: the record of its turn. */
  async why(text: string | RegExp): Promise<Locator> {
    const message = this.page.locator('[id^="entry-"][dir="auto"]').filter({ hasText: text });
    const why = this.list.getByRole('listitem').filter({ has: message }).last().locator('details');
    await why.getByText('Why?').click();
    return why;
  }

  /** A line about what happened. */
  line(text: string | RegExp): Locator {
    return this.list.getByText(text);
  }

  async reply(text: string): Promise<void> {
    await this.page.getByRole('tab', { name: 'Reply' }).click();
    await this.composer.fill(text);
    await this.send.click();
    await expect(this.message(text)).toHaveCount(1);
    await expect(this.composer).toHaveValue('');
  }

  async note(text: string): Promise<void> {
    await this.page.getByRole('tab', { name: 'Note' }).click();
    await this.noteComposer.fill(text);
    await this.page.getByRole('button', { name: 'Add note' }).click();
    await expect(this.message(text)).toHaveCount(1);
  }

  /** Chooses from the menu of less frequent actions. */
  async more(item: 'Hand to team' | 'Return to AI'): Promise<void> {
    await this.page.getByRole('button', { name: 'More actions' }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  async handToTeam(reason: string): Promise<void> {
    await this.more('Hand to team');
    const dialog = this.page.getByRole('dialog', { name: 'Hand to team' });
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: 'Hand to team' }).click();
    await expect(dialog).toBeHidden();
  }
}
