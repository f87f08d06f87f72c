// An AI agent's dashboard and its Actions page.

import type { Locator, Page } from '@playwright/test';

export class Dashboard {
  readonly handoffIsDisabled: Locator;
  readonly snippet: Locator;
  readonly tryWidget: Locator;
  readonly actions: Locator;
  readonly engine: Locator;

  constructor(readonly page: Page) {
    this.handoffIsDisabled = page.getByText('Human Handoff is disabled.');
    this.snippet = page.getByLabel('Embed snippet');
    this.tryWidget = page.getByRole('link', { name: 'Try the widget' });
    this.actions = page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Actions' });
    this.engine = page.getByText('Answers', { exact: true });
  }
}

export class Actions {
  /** The line of Human Handoff. */
  readonly handoff: Locator;
  readonly edit: Locator;

  constructor(readonly page: Page) {
    this.handoff = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Human Handoff' }) });
    this.edit = this.handoff.getByRole('link', { name: 'Edit Action' });
  }
}
