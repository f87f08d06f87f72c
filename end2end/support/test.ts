// What every test file starts from: `serve()` gives the file its server, the fixtures give each test its browser windows and
// hold it to a quiet console.

import { type Browser, type BrowserContextOptions, type Page, test as base, expect } from '@playwright/test';
import { Server, type Teammate } from './server';
import { Watch } from './watch';
import { SetUpPage } from '../pages/setup';

export { expect };
export type { Page, Teammate };

export const OWNER: Teammate = { name: 'Maya Chen', email: 'maya@northwind.example', password: 'lantern gravel otter 58', role: 'owner' };
export const SECOND: Teammate = { name: 'Jonas Weber', email: 'jonas@northwind.example', password: 'saddle copper mango 31', role: 'admin' };
export const VIEWER: Teammate = { name: 'Vera Lind', email: 'vera@northwind.example', password: 'walnut anchor drift 77', role: 'viewer' };

type Fixtures = {
  /** What this test's browsers complain about. */
  watch: Watch;
  /** Opens a window of a browser of its own, such as another person's: nothing is shared with other windows. */
  open: (who: string, options?: BrowserContextOptions) => Promise<Page>;
};

export const test = base.extend<Fixtures>({
  watch: [
    async ({}, use) => {
      const watch = new Watch();
      await use(watch);
      expect(watch.unexpected, 'what the browsers complained about').toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ browser, watch }, use) => {
    const windows: Page[] = [];
    await use(async (who, options) => {
      const context = await browser.newContext({ ...DESKTOP, ...options });
      // A browser without scripts refuses to load them.
      if (options?.javaScriptEnabled === false) watch.expect(/request failed: csp/);
      watch.context(context, who);
      const page = await context.newPage();
      windows.push(page);
      return page;
    });
    for (const page of windows) await page.context().close();
  },
});

/** What the default window has as well; see playwright.config.ts. */
const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/London' };

type Session = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>;

/** The server of a test file, with what the tests need to know about its workspace. */
export class Workspace {
  server!: Server;
  /** Where the first agent is: /agents/… */
  agentPath = '';
  /** Where a customer meets it: /test/… */
  testPath = '';
  /** The owner's cookies. */
  owner!: Session;

  /** An address of the server. */
  at(path: string): string {
    return this.server.url + path;
  }
}

type Serve = {
  /** Environment variables of the server. */
  settings?: Record<string, string>;
  /** Leave the workspace to be set up by a test. */
  isNew?: boolean;
  /** Teammates besides the owner. */
  team?: Teammate[];
};

/** Gives the test file a server; call it once, at the top. Unless told otherwise the workspace is set up, with its owner. */
export function serve({ settings, isNew = false, team = [] }: Serve = {}): Workspace {
  const workspace = new Workspace();
  test.beforeAll(async ({ browser }) => {
    workspace.server = await Server.start(settings);
    if (!isNew) await setUp(workspace, browser);
    for (const teammate of team) await workspace.server.createTeammate(teammate);
  });
  test.afterEach(async ({}, testInfo) => {
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('the log of the server', { body: workspace.server.log, contentType: 'text/plain' });
    }
  });
  test.afterAll(async () => {
    await workspace.server?.stop();
  });
  return workspace;
}

/** Sets the workspace up without scripts: quick, and one more proof that it works so. */
async function setUp(workspace: Workspace, browser: Browser): Promise<void> {
  const context = await browser.newContext({ ...DESKTOP, javaScriptEnabled: false });
  const page = await context.newPage();
  const form = new SetUpPage(page);
  await page.goto(workspace.at('/setup'));
  await form.fill(OWNER);
  await form.create.click();
  await page.waitForURL(/\/agents\/[^/]+$/);
  workspace.agentPath = new URL(page.url()).pathname;
  workspace.testPath = (await page.getByRole('link', { name: 'Try the widget' }).getAttribute('href')) ?? '';
  workspace.owner = await context.storageState();
  await context.close();
}
