// Holds requests back until several have come, then lets them all go: a race in which nobody has a head start.

import type { Page } from '@playwright/test';

/** Makes the next request to `path` of each page wait for those of the others. */
export async function raceAt(path: string, pages: Page[]): Promise<void> {
  let open: () => void;
  const gate = new Promise<void>((opened) => (open = opened));
  let waiting = 0;
  for (const page of pages) {
    await page.route(
      path,
      async (route) => {
        waiting += 1;
        if (waiting === pages.length) open();
        await gate;
        await route.continue();
      },
      { times: 1 },
    );
  }
}
