// The chat on somebody else's site: another origin, a strict policy, a language read from the right, a keyboard, a reload.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expectAccessible } from '../support/axe';
import { expect, type Page, serve, test } from '../support/test';
import { Widget } from '../pages/widget';

const workspace = serve();

let shopServer: Server;
let shopUrl = '';
let answer = { headers: {} as Record<string, string>, body: '' };

test.beforeAll(async () => {
  shopServer = createServer((_, response) => response.writeHead(200, answer.headers).end(answer.body));
  await new Promise<void>((listening) => shopServer.listen(0, '127.0.0.1', listening));
  // Another name for this machine is another site.
  shopUrl = `http://localhost:${(shopServer.address() as AddressInfo).port}`;
});
test.afterAll(() => {
  shopServer.close();
  shopServer.closeAllConnections();
});

/** Opens a page of another site with the widget on it. */
async function shop(page: Page, { html = '', policy = '', root = 'lang="en"' } = {}): Promise<void> {
  const key = workspace.testPath.split('/').pop();
  answer = {
    headers: { 'content-type': 'text/html; charset=utf-8', ...(policy && { 'content-security-policy': policy }) },
    body: `<!doctype html><html ${root}><meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Shop</title><link rel="icon" href="data:,"><main><h1>Shop</h1>${html}</main>
      <script async src="${workspace.at('/widget.js')}" data-agent="${key}"></script></html>`,
  };
  await page.goto(`${shopUrl}/orders?token=secret#part`);
}

test('it works on another site under a strict policy', async ({ open }) => {
  const page = await open('a customer');
  const host = workspace.server.url;
  await shop(page, { policy: `default-src 'none'; img-src data:; script-src ${host}; frame-src ${host}` });
  const widget = new Widget(page);
  await widget.open();
  expect(await widget.ask('Hello')).not.toBe('');
  await expectAccessible(page, 'the widget on a shop');
});

test('a reload brings the conversation back', async ({ open }) => {
  const page = await open('a customer');
  await page.goto(workspace.at(workspace.testPath));
  const widget = new Widget(page);
  await widget.open();
  await widget.ask('Hello');
  await page.reload();
  // It was open and is open again.
  await expect(widget.message('Hello', 'customer')).toBeVisible();
  await expect(widget.rows('customer')).toHaveCount(1);
});

test('it is worked by keyboard: Enter opens and sends, Escape closes and gives the focus back', async ({ open }) => {
  const page = await open('a customer');
  await shop(page, { html: '<a href="#a">A link</a>' });
  const launcher = page.getByRole('button', { name: 'Open chat' });
  await expect(launcher).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'A link' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const widget = new Widget(page);
  await expect(widget.composer).toBeFocused();
  await page.keyboard.type('Hello');
  await page.keyboard.press('Enter');
  await expect(widget.message('Hello', 'customer')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(launcher).toBeFocused();
  await expect(launcher).toHaveAttribute('aria-expanded', 'false');
});

test('what a customer writes is text and never markup', async ({ open }) => {
  const page = await open('a customer');
  await shop(page);
  const widget = new Widget(page);
  await widget.open();
  await widget.say('<img src=x onerror="document.title=1"> <b>bold</b>');
  await expect(widget.message('<b>bold</b>', 'customer')).toBeVisible();
  await expect(widget.log.locator('img, b:has-text("bold")')).toHaveCount(0);
});

test('on a phone the chat fills the screen and nothing runs over its edge', async ({ open }) => {
  const page = await open('a customer', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await shop(page);
  const widget = new Widget(page);
  await widget.open();
  await widget.say(`A long word: ${'x'.repeat(300)}`);
  const wide = await widget.frame.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  const box = await page.locator('iframe[title="Chat"]').boundingBox();
  expect(box).toMatchObject({ x: 0, width: 390 });
});

test('in a language read from the right it stands on the left', async ({ open }) => {
  const page = await open('a customer');
  await shop(page, { root: 'lang="ar" dir="rtl"' });
  const box = await page.getByRole('button', { name: 'Open chat' }).boundingBox();
  expect(box?.x).toBeLessThan(100);
});
