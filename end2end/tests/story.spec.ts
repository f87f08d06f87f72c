// The whole story, told by three people: Maya sets Baton up and answers, Jonas answers too, and a customer has been charged
// twice. Nobody reloads a page.

import { hydrated, visit } from '../support/hydrated';
import { raceAt } from '../support/barrier';
import { expect, OWNER, SECOND, serve, test } from '../support/test';
import { Actions, Dashboard } from '../pages/agent';
import { EditHandoff } from '../pages/edit_handoff';
import { Inbox } from '../pages/inbox';
import { SetUpPage } from '../pages/setup';
import { SignInPage } from '../pages/sign_in';
import { Thread } from '../pages/thread';
import { Widget } from '../pages/widget';

const POSTGRES = process.env.BATON_TEST_POSTGRES_URL;
const DATABASES: [string, Record<string, string>][] = [
  ['SQLite', {}],
  ...(POSTGRES ? [['Postgres', { BATON_DATABASE_URL: POSTGRES }] as [string, Record<string, string>]] : []),
];

for (const [database, settings] of DATABASES) {
  test.describe(`on ${database}`, () => {
    const workspace = serve({ settings, isNew: true });

    test('from the first visit to a settled conversation', async ({ open, watch }) => {
      test.setTimeout(240_000);
      // A password that is too weak is answered with 422, a lost race with 409.
      watch.expect(/422|409/);

      const maya = await open('Maya');
      const form = new SetUpPage(maya);
      const dashboard = new Dashboard(maya);

      await test.step('Maya sets Baton up, with a better password the second time', async () => {
        await visit(maya, workspace.at('/'));
        await expect(maya).toHaveURL(/\/setup$/);
        await form.fill({ ...OWNER, password: 'password1' });
        await expect(maya.getByText(/Too weak\.|Weak\./)).toBeVisible();
        await form.create.click();
        await expect(form.password).toBeFocused();
        await expect(form.password).toHaveAttribute('aria-invalid', 'true');
        await expect(maya.getByLabel('Your name')).toHaveValue(OWNER.name);
        await form.password.fill(OWNER.password);
        await expect(maya.getByText(/Strong enough\.|Very strong\./)).toBeVisible();
        await form.create.click();
        await expect(maya).toHaveURL(/\/agents\/[^/]+$/);
      });

      let testPath = '';
      await test.step('her agent answers, and does not hand off yet', async () => {
        await expect(maya.getByRole('heading', { name: 'Ada', level: 1 })).toBeVisible();
        await expect(dashboard.engine).toBeVisible();
        await expect(dashboard.handoffIsDisabled).toBeVisible();
        await expect(dashboard.snippet).toContainText('data-agent=');
        testPath = (await dashboard.tryWidget.getAttribute('href')) ?? '';
        await dashboard.actions.click();
        await expect(new Actions(maya).handoff).toContainText('Disabled');
      });

      await test.step('she enables Human Handoff for billing issues', async () => {
        await new Actions(maya).edit.click();
        const edit = new EditHandoff(maya);
        await edit.enabled.check();
        await edit.whenToUse.fill('Hand off when the user has a billing issue.');
        await edit.addField({ name: 'order_number', description: 'The number of the order it is about', required: true });
        await edit.autoPriority.check();
        await edit.save();
        await visit(maya, new URL('../actions', maya.url()).href.replace(/\/$/, ''));
        await expect(new Actions(maya).handoff).toContainText('Enabled');
      });

      const inbox = new Inbox(maya);
      await test.step('she waits in the inbox, where nobody is waiting', async () => {
        await inbox.sidebar.click();
        await expect(maya.getByText('Nobody is waiting')).toBeVisible();
      });

      const customer = await open('the customer');
      const widget = new Widget(customer);
      await test.step('a customer says hello and the AI answers', async () => {
        await customer.goto(workspace.at(testPath));
        await widget.open();
        await expect(widget.owner).toHaveText('Ada');
        await widget.ask('Hello');
        await expect(widget.rows('ai')).toHaveCount(2); // the greeting and the answer
      });

      await test.step('a billing issue: the AI asks for the order number, and only then hands off', async () => {
        expect(await widget.ask('I was charged twice this month and I want my money back')).toMatch(/order/i);
        await expect(inbox.rows('Needs intervention')).toHaveCount(0);
        await widget.ask('It is order 84213');
        await expect(widget.rows('system').or(widget.rows('ai')).last()).toContainText(/teammate|team/);
        await expect(widget.owner).toHaveText('Waiting for the team');
      });

      await test.step('the inbox says so, everywhere', async () => {
        const row = inbox.row('Needs intervention', /intervention/);
        await expect(row).toHaveCount(1);
        await expect(inbox.sidebar).toContainText(/1\s*need/);
        await expect(maya).toHaveTitle(/^\(1\) /);
        await expect(inbox.toasts.first()).toBeVisible();
        await row.click();
      });

      const thread = new Thread(maya);
      await test.step('the thread tells why, in whose words, what was gathered, and sums it up', async () => {
        await expect(thread.marker).toBeVisible();
        await expect(thread.handoff).toContainText('Why it was handed off');
        await expect(thread.handoff.getByRole('blockquote')).toContainText('charged twice');
        await expect(thread.handoff).toContainText(/Order number:?\s*84213/);
        await expect(thread.handoff).toContainText('AI summary');
        await expect(thread.handoff).toContainText('What the customer wants');
        await expect(thread.details).toContainText('84213');
      });

      await workspace.server.createTeammate(SECOND);
      const jonas = await open('Jonas');
      const [threadOfJonas, inboxOfJonas] = [new Thread(jonas), new Inbox(jonas)];
      await test.step('Jonas comes in and sees the same', async () => {
        await visit(jonas, workspace.at('/sign-in'));
        await new SignInPage(jonas).signIn(SECOND);
        await inboxOfJonas.row('Needs intervention', /intervention/).click();
        await expect(threadOfJonas.takeOver).toBeVisible();
        await hydrated(jonas);
      });

      let [winner, loser] = [{ thread, page: maya, name: OWNER.name }, { thread: threadOfJonas, page: jonas, name: SECOND.name }];
      await test.step('both take over in the same moment: one wins, the other is told who', async () => {
        await raceAt('**/conversations/take_over*', [maya, jonas]);
        await Promise.all([thread.takeOver.click(), threadOfJonas.takeOver.click()]);
        await expect
          .poll(async () => [await thread.lostRace.isVisible(), await threadOfJonas.lostRace.isVisible()].filter(Boolean).length)
          .toBe(1);
        if (await thread.lostRace.isVisible()) [winner, loser] = [loser, winner];
        await expect(loser.thread.lostRace).toContainText(winner.name);
        await expect(winner.thread.header).toContainText('You');
        await loser.thread.lostRace.getByRole('button', { name: 'All right' }).click();
        await expect(loser.thread.takeOver).toHaveCount(0);
        await expect(loser.page.getByText(`${winner.name} answers this customer.`)).toBeVisible();
        await expect(winner.thread.line('You took over')).toHaveCount(1);
      });

      await test.step('the reply reaches the customer at once, under the first name', async () => {
        await winner.thread.reply('Hi, I see both charges. I am refunding one now.');
        await expect(widget.message('I am refunding one now', 'teammate')).toBeVisible();
        await expect(widget.owner).toHaveText(winner.name.split(' ')[0]);
        await expect(loser.thread.message('I am refunding one now')).toBeVisible();
      });

      await test.step('the customer answers and the AI stays out of it', async () => {
        const ofAi = await widget.rows('ai').count();
        await widget.say('Thank you. When does it arrive? I have a billing issue with it.');
        await expect(winner.thread.message('When does it arrive?')).toBeVisible();
        await winner.thread.reply('Within three days.');
        await expect(widget.message('Within three days', 'teammate')).toBeVisible();
        await expect(widget.rows('ai')).toHaveCount(ofAi);
      });

      await test.step('a note is for the team only', async () => {
        await loser.thread.note('The bank confirmed the refund.');
        await expect(winner.thread.message('The bank confirmed the refund.')).toBeVisible();
        // What comes after it in the conversation is here, so it would be too.
        await winner.thread.reply('The bank works on weekdays.');
        await expect(widget.message('The bank works on weekdays', 'teammate')).toBeVisible();
        await expect(widget.message('The bank confirmed the refund')).toHaveCount(0);
      });

      await test.step('handed to the team, and taken over again', async () => {
        await winner.thread.handToTeam('Needs somebody who can change invoices.');
        await expect(widget.owner).toHaveText('Waiting for the team');
        await expect(loser.thread.list).toContainText('Needs somebody who can change invoices.');
        await loser.thread.takeOver.click();
        await expect(loser.thread.header).toContainText('You');
        [winner, loser] = [loser, winner];
        await expect(widget.owner).toHaveText(winner.name.split(' ')[0]);
      });

      await test.step('returned to the AI, which answers again', async () => {
        await winner.thread.more('Return to AI');
        await expect(widget.owner).toHaveText('Ada');
        const ofAi = await widget.rows('ai').count();
        await widget.say('Hello again');
        await expect(widget.rows('ai')).toHaveCount(ofAi + 1);
      });

      await test.step('resolved, undone, resolved: the customer sees that it is closed', async () => {
        await winner.thread.resolve.click();
        await expect(winner.thread.reopen).toBeVisible();
        await winner.page.getByRole('button', { name: 'Undo' }).click();
        await expect(winner.thread.resolve).toBeVisible();
        await winner.thread.resolve.click();
        await expect(winner.thread.reopen).toBeVisible();
        await expect(widget.notice).toContainText('This conversation was closed.');
        await new Inbox(winner.page).view('Resolved').click();
        await expect(new Inbox(winner.page).rows('Resolved')).toHaveCount(1);
        await expect(inbox.sidebar).not.toContainText('need agent intervention');
      });
    });
  });
}
