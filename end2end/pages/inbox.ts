// The list of conversations, and what the frame says about them.

import type { Locator, Page } from '@playwright/test';

export type View = 'Needs intervention' | 'Mine' | 'Unassigned' | 'AI' | 'All open' | 'Snoozed' | 'Resolved';

export class Inbox {
  /** The count beside Conversations in the sidebar. */
  readonly sidebar: Locator;
  readonly toasts: Locator;
  /** Above every page: a model does not answer, and who serves the customers. */
  readonly outage: Locator;

  constructor(readonly page: Page) {
    this.sidebar = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Conversations/ });
    this.toasts = page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Dismiss' }) });
    this.outage = page.getByRole('status').getByRole('listitem').filter({ hasText: 'has not answered since' });
  }

  /** A toast that says this. */
  toast(text: string | RegExp): Locator {
    return this.toasts.getByText(text);
  }

  view(view: View): Locator {
    return this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: new RegExp(`^${view}`) });
  }

  /** The rows of the view that is shown, the first on top. */
  rows(view: View): Locator {
    return this.page.getByRole('list', { name: view }).getByRole('link');
  }

  row(view: View, text: string | RegExp): Locator {
    return this.rows(view).filter({ hasText: text });
  }
}
