// The chat on somebody else's site: another origin, a strict policy, a language read from the right, a keyboard, a reload.

import { expectAccessible } from '../support/axe';
import { expect, type Page, serve, test } from '../support/test';
import { Widget } from '../pages/widget';

const workspace = serve();

/** A page of another site with the widget on it. Nothing leaves this machine: the browser is answered here. */
async function shop(page: Page, { html = '', policy = '' } = {}): Promise<void> {
  const key = workspace.testPath.split('/').pop();
  const headers: Record<string, string> = { 'content-type': 'text/html; charset=utf-8' };
  if (policy) headers['content-security-policy'] = policy;
  const body = `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1>${html}
    <script async src="${workspace.at('/widget.js')}" data-agent="${key}"></script>`;
  await page.route('http://shop.test/**', (route) => route.fulfill({ headers, body }));
  await page.goto('http://shop.test/orders?token=secret#part');
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
  await shop(page);
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
  await shop(page, { html: '<meta name="viewport" content="width=device-width, initial-scale=1">' });
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
  await page.route('http://shop.test/', (route) =>
    route.fulfill({
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: `<!doctype html><html lang="ar" dir="rtl"><title>متجر</title><link rel="icon" href="data:,"><h1>متجر</h1>
        <script async src="${workspace.at('/widget.js')}" data-agent="${workspace.testPath.split('/').pop()}"></script>`,
    }),
  );
  await page.goto('http://shop.test/');
  const box = await page.getByRole('button', { name: 'Open chat' }).boundingBox();
  expect(box?.x).toBeLessThan(100);
});
