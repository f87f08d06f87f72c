// Who gets in, and what they may do there.

import { Customer } from '../support/customer';
import { hydrated, visit } from '../support/hydrated';
import { expect, OWNER, serve, test, VIEWER } from '../support/test';
import { SignInPage } from '../pages/sign_in';
import { Thread } from '../pages/thread';

const workspace = serve({ team: [VIEWER] });
let conversation = '';

test.beforeAll(async () => {
  const customer = await Customer.visit(workspace.server.url, workspace.testPath);
  await customer.ask('Hello');
  conversation = `/conversations/${(await customer.conversation()).id}`;
});

test('who is signed out is led to sign in, and then to where they wanted to go', async ({ open }) => {
  const page = await open('a teammate');
  await page.goto(workspace.at(`${workspace.agentPath}/actions`));
  await expect(page).toHaveURL((url) => url.pathname === '/sign-in' && url.searchParams.get('next') === `${workspace.agentPath}/actions`);
  await hydrated(page);
  await new SignInPage(page).signIn(OWNER);
  await expect(page).toHaveURL(workspace.at(`${workspace.agentPath}/actions`));
  await expect(page.getByRole('heading', { name: 'Human Handoff' })).toBeVisible();
});

test('a wrong password is told apart from nothing, and what was typed stays', async ({ open, watch }) => {
  watch.expect(/(401|422)/);
  const page = await open('a teammate');
  await visit(page, workspace.at('/sign-in'));
  const form = new SignInPage(page);
  await form.signIn({ email: OWNER.email, password: 'not the password' });
  const said = page.getByText("This email and password don't belong together.");
  await expect(said).toBeVisible();
  const saidOfOwner = await said.innerText();
  await expect(form.email).toHaveValue(OWNER.email);

  // Nobody learns who has an account.
  await form.signIn({ email: 'nobody@northwind.example', password: 'not the password' });
  await expect(form.submit).toBeEnabled();
  await expect(said).toHaveText(saidOfOwner);

  await form.signIn(OWNER);
  await expect(page).toHaveURL(/\/conversations/);
});

test('signing in works without scripts, a wrong password included', async ({ open, watch }) => {
  watch.expect(/(401|422)/);
  const page = await open('a teammate', { javaScriptEnabled: false });
  await page.goto(workspace.at('/sign-in'));
  const form = new SignInPage(page);
  await form.signIn({ email: OWNER.email, password: 'not the password' });
  await expect(page.getByText("This email and password don't belong together.")).toBeVisible();
  await form.signIn(OWNER);
  await expect(page).toHaveURL(/\/conversations/);
});

test('signing out ends the session for good', async ({ open, watch }) => {
  watch.expect(/401/);
  const page = await open('a teammate');
  await visit(page, workspace.at('/sign-in'));
  await new SignInPage(page).signIn(OWNER);
  await expect(page).toHaveURL(/\/conversations/);
  const before = await page.context().cookies();
  await visit(page, workspace.at('/settings'));
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);

  // The cookie's value is worth nothing any more, even if somebody kept it.
  await page.context().addCookies(before);
  await page.goto(workspace.at('/conversations'));
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a viewer reads everything and is shown nothing to do', async ({ open }) => {
  const page = await open('the viewer');
  await visit(page, workspace.at(`/sign-in?next=${encodeURIComponent(conversation)}`));
  await new SignInPage(page).signIn(VIEWER);
  await expect(page).toHaveURL(workspace.at(conversation));
  const thread = new Thread(page);
  await expect(thread.message('Hello').first()).toBeVisible();
  await expect(thread.takeOver).toHaveCount(0);
  await expect(thread.resolve).toHaveCount(0);
  await expect(thread.composer).toHaveCount(0);

  await visit(page, workspace.at('/agents'));
  await expect(page.getByRole('link', { name: /Ada/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New AI agent' })).toHaveCount(0);
});

test('an address that leads nowhere says so and leads back', async ({ open, watch }) => {
  watch.expect(/404/);
  const page = await open('the owner', { storageState: workspace.owner });
  await visit(page, workspace.at('/conversations/0192a000-0000-7000-8000-000000000000'));
  await expect(page.getByText('There is no such conversation')).toBeVisible();
  await expect(page.getByRole('link', { name: 'AI agents' })).toBeVisible();

  await visit(page, workspace.at('/nothing/here'));
  await expect(page.getByText('There is nothing at this address')).toBeVisible();
  await page.getByRole('link', { name: 'To the start' }).click();
  await expect(page).toHaveURL(/\/conversations/);
});

test('a session that ends while somebody writes loses nothing of what they wrote', async ({ open, watch }) => {
  watch.expect(/401/);
  const page = await open('the owner');
  await visit(page, workspace.at(`/sign-in?next=${encodeURIComponent(conversation)}`));
  await new SignInPage(page).signIn(OWNER);
  const thread = new Thread(page);
  await hydrated(page);
  await thread.composer.fill('I have looked into it and');
  await page.context().clearCookies();
  await thread.composer.pressSequentially(' found the reason.');
  await thread.send.click();

  // Led to sign in, or told to: either way what was typed is there afterwards.
  const form = new SignInPage(page);
  await expect(page.getByText(/sign in/i).first()).toBeVisible();
  await visit(page, workspace.at(`/sign-in?next=${encodeURIComponent(conversation)}`));
  await form.signIn(OWNER);
  await expect(page).toHaveURL(workspace.at(conversation));
  await hydrated(page);
  await expect(thread.composer).toHaveValue('I have looked into it and found the reason.');
});
