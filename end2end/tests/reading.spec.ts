// When to Use is read as it is typed, messages are tried before anything is saved, and examples put right what the text gets
// wrong. What the page says is what customers then meet.

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { hydrated, visit } from '../support/hydrated';
import { expect, serve, test, VIEWER } from '../support/test';
import { EditHandoff } from '../pages/edit_handoff';
import { Inbox } from '../pages/inbox';
import { SignInPage } from '../pages/sign_in';
import { Thread } from '../pages/thread';
import { Widget } from '../pages/widget';

const workspace = serve({ team: [VIEWER] });
const path = () => `${workspace.agentPath}/actions/human-handoff`;

const TEXT = `Hand off when the user has a billing issue.
Always escalate “chargeback”.
When somebody asks for a refund, try to resolve it first, then hand off.
Do not hand off for shipping questions.
Be kind and brief.`;

async function edit(open: (who: string, options?: object) => Promise<Page>, options: object = {}): Promise<EditHandoff> {
  const page = await open('the owner', { storageState: workspace.owner, ...options });
  await visit(page, workspace.at(path()));
  return new EditHandoff(page);
}

test('an admin writes, sees it read, tries messages, enables – and customers meet just that', async ({ open }) => {
  test.setTimeout(180_000);
  const form = await edit(open);
  const { page } = form;

  await test.step('nothing is written yet: the page teaches by an example', async () => {
    await expect(form.reading).toContainText('Do not hand off for shipping questions');
  });

  await test.step('the text is read by kind, in the admin’s words', async () => {
    await form.whenToUse.fill('Do not hand off for shipping questions.');
    await expect(form.reading).toContainText('No condition found');
    await form.whenToUse.fill(TEXT);
    await expect(form.read('Hands off when …')).toHaveCount(2);
    await expect(form.read('Hands off when …').nth(1)).toContainText('tries first');
    await expect(form.read('Always escalates')).toHaveText(['Always escalate “chargeback”']);
    await expect(form.read('Stays with the AI')).toHaveText(['Do not hand off for shipping questions']);
    await expect(form.read('Guidance')).toHaveText(['Be kind and brief']);
    await expect(form.reading).not.toContainText('No condition found');
    await expect(form.reading.getByRole('status')).toHaveText('Baton read 3 conditions and 1 exclusion.');
  });

  await test.step('a rule leads to its words', async () => {
    await form.read('Stays with the AI').getByRole('button').click();
    await expect(form.whenToUse).toBeFocused();
    const selected = await form.whenToUse.evaluate((field) => {
      const { value, selectionStart, selectionEnd } = field as HTMLTextAreaElement;
      return value.slice(selectionStart, selectionEnd);
    });
    expect(selected).toBe('Do not hand off for shipping questions');
  });

  await test.step('messages are tried by the form as it stands', async () => {
    await form.try('There is a billing issue on my invoice', 'Would hand off, once enabled');
    await expect(form.told).toContainText('Meets: “Hand off when the user has a billing issue”');
    await expect(form.trial).not.toContainText('Would first ask for');
    await form.addField({ name: 'order_number', description: 'The number of the order', required: true });
    await expect(form.trial).toContainText('order_number');
    await form.try('There is a billing issue with order 84213', 'Would hand off');
    await expect(form.trial.getByRole('definition').filter({ hasText: '84213' })).toBeVisible();
    await expect(form.trial).not.toContainText('Would first ask for');
    await form.try('Which shipping options do you have?', 'Stays with the AI');
    await expect(form.told).toContainText('Falls under: “Do not hand off for shipping questions”');
    await form.try('I want to talk to a human', 'Asks for a person');
    await form.try('I would like a refund', 'Tries first, then hands off');
    await form.try('What is the weather like on Mars?', 'No rule fits');
    await form.try('I will start a chargeback', 'Meets: “Always escalate “chargeback””');
    await expect(form.trial.getByRole('list', { name: 'How well each rule fits' })).toContainText('100%');
    await form.enabled.check();
    await expect(form.told).not.toContainText('once enabled');
    await form.autoPriority.check();
    await expect(form.trial).toContainText('Priority');
  });

  await test.step('what the text gets wrong becomes an example', async () => {
    await form.try('My garden gnome is on fire', 'No rule fits');
    await form.trial.getByRole('button', { name: 'Should hand off' }).click();
    await expect(form.told).toContainText('Like the example “My garden gnome is on fire”');
    await expect(form.examples.nth(0)).toContainText('Not decided as wanted.');
    await form.page.getByRole('button', { name: 'Add an example' }).click();
    await expect(form.example(1)).toBeFocused();
    await form.example(1).fill('How long does shipping take?');
    await form.examples.nth(1).getByRole('combobox').selectOption('Should not');
    await expect(page.getByText('1 of 2 decided as wanted')).toBeVisible();
    await form.save();
  });

  await test.step('everything is there again', async () => {
    await page.reload();
    await hydrated(page);
    await expect(form.whenToUse).toHaveValue(TEXT);
    await expect(form.read('Stays with the AI')).toHaveCount(1);
    await expect(form.example(0)).toHaveValue('My garden gnome is on fire');
    await expect(form.examples.nth(1).getByRole('combobox')).toHaveValue('stay');
    await expect(page.getByText('1 of 2 decided as wanted')).toBeVisible();
    await expect(page.getByText('Not saved:')).toHaveCount(0);
  });

  await test.step('an example goes, and comes back', async () => {
    await page.getByRole('button', { name: 'Remove example 1' }).click();
    await expect(form.example(0)).toHaveValue('How long does shipping take?');
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(form.example(0)).toHaveValue('My garden gnome is on fire');
    await expect(page.getByText('Not saved:')).toHaveCount(0);
  });

  const customer = await open('the customer');
  const widget = new Widget(customer);
  await test.step('a customer in Spanish is gathered and handed off', async () => {
    await customer.goto(workspace.at(workspace.testPath));
    await widget.open();
    await widget.ask('Hola, buenos días');
    const question = await widget.ask('Tengo un problema con mi factura, me han cobrado dos veces');
    expect(question).toMatch(/número|pedido|order/i);
    await widget.ask('El número de pedido es 84213');
    await expect(widget.owner).toHaveText('Waiting for the team');
  });

  await test.step('the record shows why', async () => {
    await visit(page, workspace.at('/conversations'));
    await new Inbox(page).rows('Needs intervention').first().click();
    const thread = new Thread(page);
    await expect(thread.handoff).toContainText('Hand off when the user has a billing issue');
    await expect(thread.handoff.getByRole('blockquote')).toContainText('factura');
    await expect(thread.handoff).toContainText(/Order number:?\s*84213/);
  });

  await test.step('another is decided by the example', async () => {
    const other = await open('another customer');
    const chat = new Widget(other);
    await other.goto(workspace.at(workspace.testPath));
    await chat.open();
    await chat.ask('my garden gnome is on fire!');
    await chat.ask('84999');
    await expect(chat.owner).toHaveText('Waiting for the team');
  });
});

test('an example that is wrong is named beside its field', async ({ open }) => {
  const form = await edit(open);
  const before = await form.examples.count();
  await form.page.getByRole('button', { name: 'Add an example' }).click();
  await form.submit.click();
  await expect(form.example(before)).toBeFocused();
  await expect(form.example(before)).toHaveAccessibleDescription(/Write the customer's message, or remove this row./);
  await form.example(before).fill('a'.repeat(501));
  await expect(form.page.getByText('This is 501 characters long.')).toBeVisible();
  await form.example(before).fill('Now it is short enough');
  await form.save();
  await expect(form.page.getByText('Not saved:')).toHaveCount(0);
});

test('only the last answer counts, and the text is never in the way', async ({ open }) => {
  const form = await edit(open);
  let isAsked = () => {};
  let letGo = () => {};
  const asked = new Promise<void>((done) => (isAsked = done));
  const held = new Promise<void>((done) => (letGo = done));
  // The first question is held up until the second is answered.
  await form.page.route('**/actions/read_when_to_use*', async (route) => {
    isAsked();
    await held;
    await route.continue();
  }, { times: 1 });
  await form.whenToUse.fill('Do not hand off for old questions.');
  await asked;
  await form.whenToUse.fill('Hand off when the user has a new problem with an invoice.');
  await expect(form.read('Hands off when …')).toHaveText([/new problem/]);
  const late = form.page.waitForResponse(/read_when_to_use/);
  letGo();
  await (await late).finished();
  await expect(form.reading).not.toContainText('old questions');
  await expect(form.read('Hands off when …')).toHaveText([/new problem/]);
});

test('without scripts the saved text is read, and a message is tried', async ({ open }) => {
  const page = await open('the owner', { storageState: workspace.owner, javaScriptEnabled: false });
  await page.goto(workspace.at(path()));
  const form = new EditHandoff(page);
  await form.whenToUse.fill('Hand off when the user has a billing issue. Do not hand off for shipping questions.');
  await form.submit.click();
  await expect(page).toHaveURL(/saved=\d+/);
  await expect(form.read('Stays with the AI')).toHaveText(['Do not hand off for shipping questions']);
  await form.message.fill('Which shipping options do you have?');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(form.told).toContainText('Stays with the AI');
  await expect(form.message).toHaveValue('Which shipping options do you have?');
  const rows = await form.examples.count();
  await page.getByRole('button', { name: 'Add an example' }).click();
  await form.example(rows).fill('Do you ship to Norway?');
  await form.examples.nth(rows).getByRole('combobox').selectOption('Should not');
  await form.submit.click();
  await expect(page).toHaveURL(/saved=\d+/);
  await expect(form.example(rows)).toHaveValue('Do you ship to Norway?');
  await page.getByRole('button', { name: `Remove example ${rows + 1}` }).click();
  await expect(form.examples).toHaveCount(rows);
});

test('a viewer sees how the text is read, and tries nothing', async ({ open }) => {
  const page = await open('the viewer');
  await visit(page, workspace.at(`/sign-in?next=${encodeURIComponent(path())}`));
  await new SignInPage(page).signIn(VIEWER);
  await expect(page).toHaveURL(workspace.at(path()));
  await hydrated(page);
  const form = new EditHandoff(page);
  await expect(form.reading).toBeVisible();
  await expect(form.trial).toHaveCount(0);
  await expectAccessible(page, 'the form as a viewer has it');
});

for (const [screen, viewport] of Object.entries({ desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`with everything shown, on a ${screen}, ${colorScheme}`, async ({ open }) => {
      const form = await edit(open, { viewport, colorScheme });
      const { page } = form;
      await form.whenToUse.fill('Do not hand off for shipping questions.');
      await expect(form.reading).toContainText('No condition found');
      await expectAccessible(page, 'a hint');
      await form.whenToUse.fill(TEXT);
      await form.autoPriority.check();
      await form.try('There is a billing issue on my invoice', 'Would hand off');
      await expect(form.read('Guidance')).toHaveCount(1);
      await expectAccessible(page, 'a reading and a try');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, 'pixels wider than the screen').toBeLessThanOrEqual(0);
    });
  }
}
