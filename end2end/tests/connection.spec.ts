// The connection is lost in the middle: the customer's, the teammate's, the server itself. Nothing is lost, nothing comes twice.

import type { Page } from '@playwright/test';
import { visit } from '../support/hydrated';
import { expect, serve, test } from '../support/test';
import { Inbox } from '../pages/inbox';
import { Thread } from '../pages/thread';
import { Widget } from '../pages/widget';

const workspace = serve();

/** What a browser says when it can't reach the server. */
const UNREACHABLE = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_NETWORK|ERR_INCOMPLETE|ERR_FAILED|response 50\d/;

type Both = { customer: Page; widget: Widget; teammate: Page; thread: Thread };

/** A conversation that a teammate has taken over, open on both sides. */
async function talk(open: (who: string, options?: object) => Promise<Page>, hello: string): Promise<Both> {
  const [customer, teammate] = [await open('the customer'), await open('the owner', { storageState: workspace.owner })];
  const [widget, thread] = [new Widget(customer), new Thread(teammate)];
  await customer.goto(workspace.at(workspace.testPath));
  await widget.open();
  await widget.ask(hello);
  await visit(teammate, workspace.at('/conversations?view=ai'));
  await new Inbox(teammate).rows('AI').first().click();
  await expect(thread.message(hello)).toBeVisible();
  await thread.reply(`To “${hello}”: I am here.`);
  await expect(widget.message('I am here.', 'teammate')).toBeVisible();
  return { customer, widget, teammate, thread };
}

test('a customer without a network writes on, and each message arrives once and in order', async ({ open, watch }) => {
  watch.expect(UNREACHABLE);
  const { customer, widget, thread } = await talk(open, 'Hello, first customer');
  await customer.context().setOffline(true);
  await widget.say('Written in the tunnel, one');
  await widget.say('Written in the tunnel, two');
  await expect(widget.connection).toContainText('Your messages are kept and will be sent.');
  await expect(widget.log.locator('.row[data-state="sending"]')).toHaveCount(2);
  await thread.reply('Answered while you were gone.');

  await customer.context().setOffline(false);
  await expect(widget.log.locator('.row[data-state="sending"]')).toHaveCount(0);
  await expect(thread.message('Written in the tunnel')).toHaveText([/one/, /two/]);
  await expect(widget.message('Answered while you were gone.', 'teammate')).toHaveCount(1);
  await expect(widget.message('Written in the tunnel', 'customer')).toHaveText([/one/, /two/]);
});

test('what a customer wrote without a network survives closing the page', async ({ open, watch }) => {
  watch.expect(UNREACHABLE);
  const { customer, widget, thread } = await talk(open, 'Hello, second customer');
  await customer.context().setOffline(true);
  await widget.say('Typed before the page went');
  await customer.goto('about:blank');
  await customer.context().setOffline(false);
  await customer.goto(workspace.at(workspace.testPath));
  await expect(thread.message('Typed before the page went')).toHaveCount(1);
  await expect(widget.message('Typed before the page went', 'customer')).toHaveCount(1);
});

test('an answer that is lost on its way back makes no second message', async ({ open, watch }) => {
  watch.expect(UNREACHABLE);
  const { customer, widget, thread } = await talk(open, 'Hello, third customer');
  // The server stores the message; the browser never hears so.
  let lost = 0;
  await customer.route('**/widget/api/messages', async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await widget.say('Sent into the void');
  await expect(widget.log.locator('.row[data-state="sending"]')).toHaveCount(0);
  // It asks again, even if the stream has brought the message meanwhile.
  await expect.poll(() => lost).toBeGreaterThan(1);
  await expect(thread.message('Sent into the void')).toHaveCount(1);
  await expect(widget.message('Sent into the void', 'customer')).toHaveCount(1);
});

test('a teammate who loses the connection is told, and misses nothing', async ({ open, watch }) => {
  watch.expect(UNREACHABLE);
  const { teammate, widget, thread } = await talk(open, 'Hello, fourth customer');
  await teammate.context().setOffline(true);
  await widget.say('Said while the team was gone, one');
  await widget.say('Said while the team was gone, two');
  await expect(widget.log.locator('.row[data-state="sending"]')).toHaveCount(0);
  await expect(teammate.getByText('Reconnecting… nothing is lost')).toBeVisible();
  await teammate.context().setOffline(false);
  await expect(thread.message('Said while the team was gone')).toHaveText([/one/, /two/]);
  await expect(teammate.getByText('Reconnecting… nothing is lost')).toHaveCount(0);
});

test('a teammate’s reply without a connection is kept and can be sent again', async ({ open, watch }) => {
  watch.expect(UNREACHABLE);
  const { teammate, widget, thread } = await talk(open, 'Hello, fifth customer');
  await teammate.context().setOffline(true);
  await thread.composer.fill('I will look at it.');
  await thread.send.click();
  await expect(teammate.getByText('Not sent.')).toBeVisible();
  await teammate.context().setOffline(false);
  await teammate.getByRole('button', { name: 'Try again' }).click();
  await expect(thread.message('I will look at it.')).toHaveCount(1);
  await expect(widget.message('I will look at it.', 'teammate')).toHaveCount(1);
});

test('the server is killed and comes back: both sides go on as if nothing had happened', async ({ open, watch }) => {
  watch.expect(UNREACHABLE);
  watch.expect(/stream/);
  const { widget, teammate, thread } = await talk(open, 'Hello, last customer');
  await workspace.server.kill();
  await widget.say('Written while the server was down');
  await expect(widget.log.locator('.row[data-state="sending"]')).toHaveCount(1);
  await expect(teammate.getByText('Reconnecting… nothing is lost')).toBeVisible();
  await workspace.server.run();
  await expect(thread.message('Written while the server was down')).toHaveCount(1, { timeout: 45_000 });
  await expect(widget.log.locator('.row[data-state="sending"]')).toHaveCount(0);
  await thread.reply('Back again.');
  await expect(widget.message('Back again.', 'teammate')).toHaveCount(1, { timeout: 45_000 });
  await expect(thread.message('Hello, last customer')).toHaveCount(2); // the customer's, and the reply that quotes it
});
