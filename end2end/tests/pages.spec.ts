// Every page, on a desk and on a phone, light and dark: nothing that axe calls serious, a quiet console, nothing wider than the
// screen; and the pages worked by keyboard alone.

import { expectAccessible } from '../support/axe';
import { Customer } from '../support/customer';
import { visit } from '../support/hydrated';
import { expect, type Page, serve, test } from '../support/test';
import { EditHandoff } from '../pages/edit_handoff';
import { Knowledge } from '../pages/knowledge';
import { Widget } from '../pages/widget';

const workspace = serve({ settings: { BATON_DEV_PAGES: 'true' } });
let thread = '';
let ofAi = '';
let entry = '';

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({ storageState: workspace.owner });
  const page = await context.newPage();
  await visit(page, workspace.at(`${workspace.agentPath}/actions/human-handoff`));
  const edit = new EditHandoff(page);
  await edit.enabled.check();
  await edit.whenToUse.fill('Hand off when the user has a billing issue. Do not hand off for shipping questions.');
  await edit.addField({ name: 'order_number', description: 'The number of the order', required: true });
  await edit.autoPriority.check();
  await edit.save();
  await visit(page, workspace.at(`${workspace.agentPath}/knowledge`));
  const knowledge = new Knowledge(page);
  await knowledge.write('Returns', '# Returns\n\nYou can send back unworn shoes within 30 days of delivery.');
  entry = (await knowledge.entry('Returns').getByRole('link').getAttribute('href')) ?? '';
  await context.close();

  const { server, testPath } = workspace;
  const waiting = await Customer.visit(server.url, testPath);
  await waiting.ask('Hello');
  await waiting.ask('I was charged twice this month');
  await waiting.ask('It is order 84213');
  await waiting.isWith('queue');
  thread = `/conversations/${(await waiting.conversation()).id}`;
  const talking = await Customer.visit(server.url, testPath);
  await talking.ask('Do you ship to Norway?');
  ofAi = `/conversations/${(await talking.conversation()).id}?view=ai`;
});

const PAGES: [string, () => string][] = [
  ['the inbox', () => '/conversations'],
  ['an empty view', () => '/conversations?view=snoozed'],
  ['a thread with a handoff', () => thread],
  ['a thread of the AI', () => ofAi],
  ['AI agents', () => '/agents'],
  ['the dashboard', () => workspace.agentPath],
  ['Actions', () => `${workspace.agentPath}/actions`],
  ['Edit Human Handoff', () => `${workspace.agentPath}/actions/human-handoff`],
  ['its history', () => `${workspace.agentPath}/actions/human-handoff/history`],
  ['Knowledge with a question', () => `${workspace.agentPath}/knowledge?q=How+long+can+I+send+back+shoes`],
  ['a new entry', () => `${workspace.agentPath}/knowledge/new`],
  ['an entry', () => entry],
  ['the settings of an agent', () => `${workspace.agentPath}/settings`],
  ['the settings', () => '/settings'],
  ['the components', () => '/ui'],
  ['an address that leads nowhere', () => '/nothing/here'],
];

const SCREENS = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

async function expectToFit(page: Page, what: string): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, `${what}: pixels wider than the screen`).toBeLessThanOrEqual(0);
}

for (const [screen, viewport] of Object.entries(SCREENS)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`on a ${screen}, ${colorScheme}`, async ({ open, watch }) => {
      test.setTimeout(240_000);
      const page = await open('the owner', { viewport, colorScheme, storageState: workspace.owner });
      for (const [what, path] of PAGES) {
        await test.step(what, async () => {
          if (what === 'an address that leads nowhere') watch.expect(/404.*nothing\/here/);
          await visit(page, workspace.at(path()));
          await expect(page.locator('.skeleton')).toHaveCount(what === 'the components' ? await page.locator('.skeleton').count() : 0);
          await expectAccessible(page, what);
          await expectToFit(page, what);
        });
      }
      await test.step('signing in', async () => {
        const stranger = await open('a stranger', { viewport, colorScheme });
        await visit(stranger, workspace.at('/sign-in'));
        await expectAccessible(stranger, 'signing in');
        await expectToFit(stranger, 'signing in');
      });
      await test.step('the widget', async () => {
        const customer = await open('a customer', { viewport, colorScheme });
        await customer.goto(workspace.at(workspace.testPath));
        const widget = new Widget(customer);
        await widget.open();
        await widget.ask('Hello');
        await expectAccessible(customer, 'the widget');
        await expectToFit(customer, 'the widget');
      });
    });
  }
}

test.describe('by keyboard', () => {
  test('the first stop leads past the sidebar', async ({ open }) => {
    const page = await open('the owner', { storageState: workspace.owner });
    await visit(page, workspace.at('/agents'));
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the page' });
    await expect(skip).toBeFocused();
    await expect(skip).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'New AI agent' })).toBeFocused();
  });

  test('Escape closes a dialog and gives the focus back', async ({ open }) => {
    const page = await open('the owner', { storageState: workspace.owner });
    await visit(page, workspace.at('/agents'));
    const button = page.getByRole('button', { name: 'New AI agent' });
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'New AI agent' });
    await expect(dialog).toBeVisible();
    await expectAccessible(page, 'a dialog');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(button).toBeFocused();
  });

  test('a menu opens, moves and closes', async ({ open }) => {
    const page = await open('the owner', { storageState: workspace.owner });
    await visit(page, workspace.at(thread));
    const trigger = page.getByRole('button', { name: 'Priority' });
    await trigger.focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('menu').filter({ visible: true });
    await expect(menu).toBeVisible();
    await expectAccessible(page, 'a menu');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('l');
    await expect(page.getByRole('menuitemradio', { name: 'Low' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(trigger).toBeFocused();
  });

  test('a conversation is found and answered', async ({ open }) => {
    const page = await open('the owner', { storageState: workspace.owner });
    await visit(page, workspace.at('/conversations'));
    const row = page.getByRole('list', { name: 'Needs intervention' }).getByRole('link').first();
    for (let stops = 0; stops < 25 && !(await row.evaluate((link) => link === document.activeElement)); stops++) {
      await page.keyboard.press('Tab');
    }
    await expect(row).toBeFocused();
    await page.keyboard.press('Enter');
    const composer = page.getByRole('textbox', { name: /^Reply to / });
    await expect(composer).toBeVisible();
    for (let stops = 0; stops < 60 && !(await composer.evaluate((field) => field === document.activeElement)); stops++) {
      await page.keyboard.press('Tab');
    }
    await expect(composer).toBeFocused();
    await page.keyboard.type('Answered without a mouse.');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('list', { name: 'Thread' }).getByText('Answered without a mouse.')).toBeVisible();
    await expect(composer).toHaveValue('');
  });
});

test('nothing moves for who asked for it', async ({ open }) => {
  const page = await open('the owner', { storageState: workspace.owner, reducedMotion: 'reduce' });
  await visit(page, workspace.at(thread));
  const moving = await page.evaluate(() => document.getAnimations().filter((animation) => animation.playState === 'running').length);
  expect(moving).toBe(0);
});

test('the theme is chosen once and holds from the first byte', async ({ open }) => {
  const page = await open('the owner', { storageState: workspace.owner, colorScheme: 'light' });
  await visit(page, workspace.at('/settings'));
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const answer = await page.request.get(workspace.at('/agents'));
  expect(await answer.text()).toContain('data-theme="dark"');
});
