// Not a test: plays a scene and takes the pictures that the README shows. `script/screenshots` runs it.

import { join, resolve } from 'node:path';
import { Customer } from '../support/customer';
import { visit } from '../support/hydrated';
import { expect, type Page, SECOND, serve, test } from '../support/test';
import { EditHandoff } from '../pages/edit_handoff';
import { Thread } from '../pages/thread';
import { Widget } from '../pages/widget';

const FOLDER = resolve(__dirname, '../../docs');
const workspace = serve({ team: [SECOND] });

const WHEN_TO_USE = `Hand off when the user has a billing issue or wants to cancel.
Always hand off when the message mentions fraud, lawyer or chargeback.
Do not hand off for shipping questions.
Be warm, and say that a person from the team will look into it.`;

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

/** A customer who is asked for the order number, and handed off. */
async function waiting(complaint: string, order: string): Promise<Customer> {
  const customer = await Customer.visit(workspace.server.url, workspace.testPath);
  await customer.ask('Hello');
  await customer.ask(complaint);
  await customer.ask(order);
  await customer.isWith('queue');
  return customer;
}

test('the pictures of the README', async ({ open }) => {
  test.setTimeout(180_000);
  const screen = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5, storageState: workspace.owner };
  const desk = await open('the owner', { ...screen, colorScheme: 'light' });

  await visit(desk, workspace.at(`${workspace.agentPath}/actions/human-handoff`));
  const edit = new EditHandoff(desk);
  await edit.enabled.check();
  await edit.whenToUse.fill(WHEN_TO_USE);
  await edit.autoPriority.check();
  await edit.addField({ name: 'order_number', description: 'The number of the order, as in the confirmation', required: true });
  await edit.addField({ name: 'email', description: 'Where we can reach you', kind: 'email' });
  await edit.save();
  await visit(desk, workspace.at(`${workspace.agentPath}/actions/human-handoff`));
  await expect(edit.names).toHaveCount(2);
  await picture(desk, 'edit');

  await waiting('I have a problem with my invoice.', 'It is order 83990');
  const shipping = await Customer.visit(workspace.server.url, workspace.testPath);
  await shipping.ask('Do you ship to Norway?');
  const customer = await open('a customer', { viewport: { width: 900, height: 760 }, deviceScaleFactor: 1.5 });
  await customer.goto(workspace.at(workspace.testPath));
  const widget = new Widget(customer);
  await widget.open();
  await widget.ask('Hello');
  await widget.ask('I was charged twice this month and I would like my money back.');
  await widget.ask('Order 84213, thank you');
  await expect(widget.owner).toHaveText('Waiting for the team');

  await visit(desk, workspace.at('/conversations?view=needs_intervention'));
  await desk.getByRole('list', { name: 'Needs intervention' }).getByRole('link').filter({ hasText: /now|84213|team/ }).first().click();
  const thread = new Thread(desk);
  await expect(thread.handoff).toContainText('What the customer wants');
  await thread.marker.scrollIntoViewIfNeeded();
  await expect(desk.getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
  await picture(desk, 'inbox');

  const night = await open('the owner at night', { ...screen, colorScheme: 'dark' });
  await visit(night, desk.url());
  await new Thread(night).marker.scrollIntoViewIfNeeded();
  await picture(night, 'inbox-dark');

  const phone = await open('the owner on a phone', { ...screen, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
  await visit(phone, workspace.at('/conversations?view=open'));
  await expect(phone.getByRole('list', { name: 'All open' }).getByRole('link')).toHaveCount(3);
  await picture(phone, 'phone');

  await thread.takeOver.click();
  await thread.reply('Hi, I see both charges. One of them is on its way back to you.');
  await expect(widget.message('on its way back', 'teammate')).toBeVisible();
  await picture(customer, 'widget');
});
