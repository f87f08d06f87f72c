// How the journeys run: one real browser, real servers, no retries. Each test file starts a server of its own (support/server.ts).
// Run them with `script/test e2e`, which builds Baton and says where it is.

import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // A server, its database and three browser windows per worker: more workers than cores only make them late.
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  // The development build is slow on a busy machine; nothing waits longer than it needs to.
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.BATON_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'journeys' },
    // Not a test: makes the pictures of the README, with `script/screenshots`.
    ...(process.env.BATON_TEST_SCREENSHOTS ? [{ name: 'screenshots', testDir: 'screenshots' }] : []),
  ],
});
