// A page rendered by the server can be read before its scripts run; what only scripts do must wait for them.

import { expect, type Page } from '@playwright/test';

/** Waits until the page's scripts have taken over. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
}

/** Opens an address and waits until it can be used. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await hydrated(page);
}
