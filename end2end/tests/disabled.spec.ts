// Human Handoff is disabled: the AI agent never hands off by itself, whatever a customer says. Teammates still can take over.

import { visit } from '../support/hydrated';
import { expect, serve, test } from '../support/test';
import { Inbox } from '../pages/inbox';
import { Thread } from '../pages/thread';
import { Widget } from '../pages/widget';

const workspace = serve();

test('a customer who asks for a person is told the truth, and a teammate can come by hand', async ({ open }) => {
  const [customer, teammate] = [await open('the customer'), await open('the owner', { storageState: workspace.owner })];
  const [widget, inbox, thread] = [new Widget(customer), new Inbox(teammate), new Thread(teammate)];

  await customer.goto(workspace.at(workspace.testPath));
  await widget.open();
  await expect(widget.person).toHaveCount(0);
  for (const wish of ['I want to talk to a person', 'Give me a human agent now!', 'Person. Please.']) {
    const answer = await widget.ask(wish);
    expect(answer, wish).not.toMatch(/bringing in|has been told|will answer here|teammate/i);
  }
  await expect(widget.owner).toHaveText('Ada');
  await expect(widget.person).toHaveCount(0);

  await visit(teammate, workspace.at('/conversations'));
  await expect(teammate.getByText('Nobody is waiting')).toBeVisible();
  await inbox.view('AI').click();
  await inbox.rows('AI').click();
  await expect(thread.handoff).toHaveCount(0);
  await thread.takeOver.click();
  await expect(thread.header).toContainText('You');
  await thread.reply('Hello, here is a person.');
  await expect(widget.message('Hello, here is a person.', 'teammate')).toBeVisible();
  await expect(widget.owner).toHaveText('Maya');

  const ofAi = await widget.rows('ai').count();
  await widget.say('Oh, thank you');
  await expect(thread.message('Oh, thank you')).toBeVisible();
  await thread.reply('You are welcome.');
  await expect(widget.message('You are welcome.', 'teammate')).toBeVisible();
  await expect(widget.rows('ai')).toHaveCount(ofAi);
});

test('a first reply is a take over', async ({ open }) => {
  const [customer, teammate] = [await open('the customer'), await open('the owner', { storageState: workspace.owner })];
  const [widget, inbox, thread] = [new Widget(customer), new Inbox(teammate), new Thread(teammate)];
  await customer.goto(workspace.at(workspace.testPath));
  await widget.open();
  await widget.ask('Hello from somebody else');
  await visit(teammate, workspace.at('/conversations?view=ai'));
  await inbox.rows('AI').first().click();
  await expect(thread.message('Hello from somebody else')).toBeVisible();
  await expect(teammate.getByText('Your reply takes this conversation over.')).toBeVisible();
  await thread.reply('Good morning from the team.');
  await expect(thread.header).toContainText('You');
  await expect(widget.message('Good morning from the team.', 'teammate')).toBeVisible();
});
