// Knowledge: an admin writes it and uploads it, a customer is answered from it, and the team sees where the answer came from.

import { expectAccessible } from '../support/axe';
import { visit } from '../support/hydrated';
import { expect, serve, test, VIEWER } from '../support/test';
import { EditHandoff } from '../pages/edit_handoff';
import { Inbox } from '../pages/inbox';
import { Knowledge } from '../pages/knowledge';
import { SignInPage } from '../pages/sign_in';
import { Thread } from '../pages/thread';
import { Widget } from '../pages/widget';

const workspace = serve({ team: [VIEWER] });
const path = () => `${workspace.agentPath}/knowledge`;

const RETURNS = `# Returns

You can send back unworn shoes and clothes within 30 days of delivery. Sale items can't be returned.
Print the label from your account and drop the parcel at any post office.

# Refunds

We refund the way you paid. It takes five working days after the parcel reaches us.`;

test('what an admin writes and uploads answers customers, with its source, and the team sees why', async ({ open }) => {
  const owner = await open('the owner', { storageState: workspace.owner });
  const knowledge = new Knowledge(owner);
  await visit(owner, workspace.at(workspace.agentPath));
  await knowledge.tab.click();
  await expect(owner.getByText('Nothing here yet')).toBeVisible();
  await knowledge.write('Returns and refunds', RETURNS);
  await knowledge.upload('shipping.html', '<title>Shop</title><h1>Shipping</h1><script>steal()</script><p>We ship to Norway and Chile. It costs 4.90 €.</p>', 'text/html');
  await expect(knowledge.entries).toHaveCount(2);
  await knowledge.upload('letter.pdf', '%PDF-1.7', 'application/pdf');
  await expect(knowledge.outcomes).toContainText('Files of this type can’t be read'.replace('’', "'"));

  // Before anybody asks, the admin sees what would be quoted.
  await knowledge.ask('How long do I have to send back shoes?');
  await expect(owner.getByText('answers with the first passage below')).toBeVisible();
  await expect(owner.getByText('Quoted', { exact: true })).toBeVisible();
  await knowledge.ask('Do you sell kayaks?');
  await expect(owner.getByText(/Nothing fits/)).toBeVisible();
  await visit(owner, workspace.at(`${workspace.agentPath}/actions/human-handoff`));
  const edit = new EditHandoff(owner);
  await edit.try('How long do I have to send back shoes?', 'No rule fits, and Knowledge answers it.');
  await expect(edit.trial).toContainText('The AI would answer from: Returns and refunds');
  await expect(edit.trial.getByRole('blockquote')).toContainText('within 30 days of delivery.');

  const customer = await open('a customer');
  await customer.goto(workspace.at(workspace.testPath));
  const widget = new Widget(customer);
  await widget.open();
  const answer = await widget.ask('How long do I have to send back shoes?');
  expect(answer).toContain('within 30 days of delivery.');
  expect(answer).toContain('From “Returns and refunds”');
  expect(answer, 'only what was asked').not.toContain('five working days');
  expect(await widget.ask('Do you ship to Norway?')).toContain('From “Shipping”');
  expect(await widget.ask('Do you sell kayaks?')).not.toContain('From “');

  const viewer = await open('a viewer');
  await viewer.goto(workspace.at('/sign-in'));
  await new SignInPage(viewer).signIn(VIEWER);
  await expect(viewer).toHaveURL(/\/conversations/);
  await visit(viewer, workspace.at('/conversations?view=ai'));
  await new Inbox(viewer).rows('AI').first().click();
  const thread = new Thread(viewer);
  await expect(thread.message('within 30 days')).toBeVisible();
  const why = thread.list.getByRole('group').filter({ hasText: 'Answered from' }).first();
  await thread.list.getByText('Why?', { exact: true }).first().click();
  await expect(why.getByText('You can send back unworn shoes')).toBeVisible();
  await why.getByRole('link', { name: 'Returns and refunds' }).click();
  await expect(viewer.getByText('You can read this entry.')).toBeVisible();
  await expect(viewer.getByRole('textbox', { name: 'Text' })).toBeDisabled();
});

test('an entry is edited, mistakes are named, and what is deleted can be taken back', async ({ open }) => {
  const owner = await open('the owner', { storageState: workspace.owner });
  const knowledge = new Knowledge(owner);
  await visit(owner, workspace.at(`${path()}/new`));
  await knowledge.body.fill('We are open from nine to five.');
  await knowledge.save.click();
  await expect(owner.getByText('Give this entry a title')).toBeVisible();
  await expect(knowledge.title).toBeFocused();
  await expect(knowledge.body).toHaveValue('We are open from nine to five.');
  await knowledge.title.fill('Opening hours');
  await owner.getByRole('link', { name: /^Knowledge of/ }).click();
  await owner.getByRole('button', { name: 'Stay' }).click();
  await knowledge.save.click();
  await knowledge.entry('Opening hours').click();
  await owner.getByText('Delete this entry').click();
  await owner.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(knowledge.entry('Opening hours')).toHaveCount(0);
  await owner.getByRole('button', { name: 'Undo' }).click();
  await expect(knowledge.entry('Opening hours')).toBeVisible();
});

test('without scripts it works as well', async ({ open }) => {
  const owner = await open('the owner', { storageState: workspace.owner, javaScriptEnabled: false });
  const knowledge = new Knowledge(owner);
  await owner.goto(workspace.at(`${path()}/new`));
  await knowledge.title.fill('Gift cards');
  await knowledge.body.fill('Gift cards are valid for three years.');
  await knowledge.save.click();
  await expect(owner.getByText('Saved. It is quoted from now on.')).toBeVisible();
  await knowledge.ask('How long is a gift card valid?');
  await expect(owner.getByText('Quoted', { exact: true })).toBeVisible();
  await knowledge.files.setInputFiles({ name: 'hours.txt', mimeType: 'text/plain', buffer: Buffer.from('Nine to five') });
  await owner.getByRole('button', { name: 'Upload' }).click();
  await expect(knowledge.outcomes).toContainText('hours');
  await knowledge.entry('Gift cards').getByRole('link').click();
  await owner.getByText('Delete this entry').click();
  await owner.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(owner.getByText('Deleted. It is not quoted any more.')).toBeVisible();
});

const SCREENS = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

for (const [screen, viewport] of Object.entries(SCREENS)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the pages can be used by everybody: ${screen}, ${colorScheme}`, async ({ open }, testInfo) => {
      const owner = await open('the owner', { storageState: workspace.owner, viewport, colorScheme });
      const knowledge = new Knowledge(owner);
      const shoot = async (name: string): Promise<void> => {
        await expectAccessible(owner, name);
        const wide = await owner.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wide, `${name}: pixels wider than the screen`).toBeLessThanOrEqual(0);
        await owner.screenshot({ path: testInfo.outputPath(`${name}-${screen}-${colorScheme}.png`) });
      };
      await visit(owner, workspace.at(path()));
      if ((await knowledge.entry('Care of shoes').count()) === 0) await knowledge.write('Care of shoes', RETURNS);
      await knowledge.upload('letter.pdf', '%PDF-1.7', 'application/pdf');
      await knowledge.ask('How long do I have to send back shoes?');
      await expect(owner.getByText('Quoted', { exact: true })).toBeVisible();
      await shoot('list');
      await knowledge.entry('Care of shoes').getByRole('link').click();
      await expect(knowledge.title).toHaveValue('Care of shoes');
      await owner.getByText('Delete this entry').click();
      await shoot('entry');
      await visit(owner, workspace.at(`${workspace.agentPath}/actions/human-handoff`));
      const edit = new EditHandoff(owner);
      await edit.try('How long do I have to send back shoes?', 'Knowledge answers it');
      await edit.trial.scrollIntoViewIfNeeded();
      await shoot('trial');
    });
  }
}
