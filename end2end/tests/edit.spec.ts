// Edit Human Handoff: what keeps an admin from losing work, and from overwriting somebody else's.

import type { Page } from '@playwright/test';
import { hydrated, visit } from '../support/hydrated';
import { expect, SECOND, serve, test } from '../support/test';
import { EditHandoff } from '../pages/edit_handoff';
import { SignInPage } from '../pages/sign_in';

const workspace = serve({ team: [SECOND] });
const path = () => `${workspace.agentPath}/actions/human-handoff`;

/** The Edit page as the owner has it. */
async function edit(open: (who: string, options?: object) => Promise<Page>, options: object = {}): Promise<EditHandoff> {
  const page = await open('the owner', { storageState: workspace.owner, ...options });
  if ('javaScriptEnabled' in options) await page.goto(workspace.at(path()));
  else await visit(page, workspace.at(path()));
  return new EditHandoff(page);
}

test('mistakes are named beside their fields, the first gets the focus, and nothing typed is lost', async ({ open }) => {
  const form = await edit(open);
  const { page } = form;
  await form.whenToUse.fill('Hand off when the user has a billing issue.');
  await form.add.click();
  await expect(form.control(0, 'name')).toBeFocused();
  await form.control(0, 'name').fill('order number');
  await form.add.click();
  await form.control(1, 'name').fill('9lives');
  await form.submit.click();
  await expect(form.control(0, 'name')).toBeFocused();
  await expect(form.control(0, 'name')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Use letters, digits and _ only')).toBeVisible();
  await expect(page.getByText('Start the name with a letter.')).toBeVisible();
  await expect(form.control(0, 'name')).toHaveAccessibleDescription(/Use letters, digits and _ only/);
  await expect(form.control(0, 'name')).toHaveValue('order number');
  await expect(form.whenToUse).toHaveValue('Hand off when the user has a billing issue.');

  // An error goes as soon as it is mended.
  await form.control(0, 'name').fill('order_number');
  await expect(page.getByText('Use letters, digits and _ only')).toHaveCount(0);
  await form.control(1, 'name').fill('order_number');
  await expect(page.getByText('Another row is already called order_number.')).toBeVisible();
  await form.control(1, 'name').fill('email');
  await form.control(1, 'kind').selectOption('one_of');
  await form.submit.click();
  await expect(form.control(1, 'choices')).toBeFocused();
  await form.control(1, 'choices').fill('work\nhome');
  await form.save();
  await page.reload();
  await expect(form.names).toHaveCount(2);
  await expect(form.control(1, 'choices')).toHaveValue('work\nhome');
});

test('a mistake in what is folded away unfolds it', async ({ open }) => {
  const form = await edit(open);
  await form.page.getByText('More options').click();
  await form.page.getByLabel('Most AI turns before a person is offered').fill('1000');
  await form.page.getByText('More options').click();
  await form.submit.click();
  await expect(form.page.getByLabel('Most AI turns before a person is offered')).toBeFocused();
  await expect(form.page.getByText('Enter a whole number from 1 to 100.')).toBeVisible();
});

test('rows are reordered by button, by keyboard and by drag, and one that was removed comes back', async ({ open }) => {
  const form = await edit(open, { viewport: { width: 1440, height: 2000 } });
  const { page } = form;
  for (let row = await form.names.count(); row > 0; row--) await page.getByRole('button', { name: /^Remove / }).first().click();
  for (const name of ['a', 'b', 'c']) await form.addField({ name });
  const order = async () => (await form.names.evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value))).join('');
  await page.getByRole('button', { name: 'Move c up' }).click();
  expect(await order()).toBe('acb');
  await expect(page.getByRole('button', { name: 'Move c up' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(order).toBe('cab');
  await expect(page.getByText('c is now row 1 of 3')).toBeAttached();
  await page.getByRole('group', { name: 'Row 3: b' }).getByTitle('Drag to reorder').dragTo(page.getByRole('group', { name: 'Row 1: c' }), { targetPosition: { x: 100, y: 4 } });
  await expect.poll(order).toBe('bca');
  await page.getByRole('button', { name: 'Remove c' }).click();
  await expect.poll(order).toBe('ba');
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect.poll(order).toBe('bca');
  await form.save();
  await page.reload();
  expect(await order()).toBe('bca');
});

test('leaving with unsaved changes asks first, and what was left behind is offered again', async ({ open }) => {
  const form = await edit(open);
  const { page } = form;
  await form.whenToUse.fill('Something that took long to write.');
  await expect(page.getByText('Not saved:').locator('..')).toHaveText('Not saved: When to Use');
  await form.autoPriority.click();
  await expect(page.getByText('Not saved:').locator('..')).toHaveText('Not saved: When to Use, Auto-assign priority');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'AI agents' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(form.whenToUse).toHaveValue('Something that took long to write.');

  // The browser itself asks before it reloads.
  const asked = page.waitForEvent('dialog');
  const reload = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await reload;
  await hydrated(page);
  await page.getByRole('button', { name: 'Bring them back' }).click();
  await expect(form.whenToUse).toHaveValue('Something that took long to write.');

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'AI agents' }).click();
  await question.getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page).toHaveURL(workspace.at('/agents'));
  await visit(page, workspace.at(path()));
  await expect(form.whenToUse).not.toHaveValue('Something that took long to write.');
  await expect(page.getByRole('button', { name: 'Bring them back' })).toHaveCount(0);
});

test('two admins edit at once: the second sees the first’s changes and decides', async ({ open }) => {
  const mine = await edit(open);
  const other = await open('Jonas');
  await visit(other, workspace.at(`/sign-in?next=${encodeURIComponent(path())}`));
  await new SignInPage(other).signIn(SECOND);
  await expect(other).toHaveURL(workspace.at(path()));
  await hydrated(other);
  const theirs = new EditHandoff(other);

  await theirs.whenToUse.fill('Jonas’ words.');
  await theirs.save();
  await mine.whenToUse.fill('Maya’s words.');
  await mine.submit.click();
  const conflict = mine.page.getByRole('alert').filter({ hasText: 'saved this while you were editing' });
  await expect(conflict).toBeVisible();
  await expect(conflict).toBeFocused();
  await expect(conflict).toContainText('Jonas Weber');
  await expect(conflict.getByRole('row', { name: /When to Use/ })).toContainText('Jonas’ words.');
  await expect(conflict.getByRole('row', { name: /When to Use/ })).toContainText('Maya’s words.');
  await expect(mine.whenToUse).toHaveValue('Maya’s words.');
  await conflict.getByRole('button', { name: 'Keep mine (overwrite)' }).click();
  await expect(conflict).toHaveCount(0);
  await expect(mine.page.getByText(/^Saved/).first()).toBeVisible();

  // The other way round: theirs is taken.
  await theirs.whenToUse.fill('Jonas again.');
  await theirs.submit.click();
  await other.getByRole('button', { name: 'Take theirs' }).click();
  await expect(theirs.whenToUse).toHaveValue('Maya’s words.');
  await expect(other.getByText('Not saved:')).toHaveCount(0);
});

test('every save is in the history and can be restored', async ({ open }) => {
  const form = await edit(open);
  const { page } = form;
  await form.whenToUse.fill('The first version.');
  await form.save();
  await form.whenToUse.fill('The second version.');
  await form.submit.click();
  await expect(page.getByText('Not saved:')).toHaveCount(0);
  await page.getByRole('link', { name: 'History' }).click();
  const saves = page.getByRole('list', { name: 'Saves' }).getByRole('listitem').filter({ has: page.getByRole('heading') });
  await expect(saves.first()).toContainText('In use');
  await saves.first().getByText('What changed').click();
  await expect(saves.first()).toContainText('The first version.');
  await expect(saves.first()).toContainText('The second version.');
  await saves.nth(1).getByRole('button', { name: /^Restore/ }).click();
  const question = page.getByRole('dialog', { name: /^Restore version/ });
  await question.getByRole('button', { name: 'Restore' }).click();
  await expect(question).toBeHidden();
  await expect(page.getByText(/^Restored version/)).toBeVisible();
  await visit(page, workspace.at(path()));
  await expect(form.whenToUse).toHaveValue('The first version.');
});

test.describe('without scripts', () => {
  const noScripts = { javaScriptEnabled: false };

  test('the form saves', async ({ open }) => {
    const form = await edit(open, noScripts);
    const { page } = form;
    await form.whenToUse.fill('Saved without scripts.');
    await form.enabled.check();
    const rows = await form.names.count();
    await form.add.click();
    await expect(form.whenToUse).toHaveValue('Saved without scripts.');
    await expect(form.names).toHaveCount(rows + 1);
    await form.control(rows, 'name').fill('plain');
    await form.submit.click();
    await expect(page).toHaveURL(/saved=\d+/);
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await expect(form.whenToUse).toHaveValue('Saved without scripts.');
    await expect(form.enabled).toBeChecked();
    await expect(form.control(rows, 'name')).toHaveValue('plain');
    await page.getByRole('button', { name: 'Remove plain' }).click();
    await expect(form.names).toHaveCount(rows);
  });

  test('a mistake keeps what was typed', async ({ open, watch }) => {
    watch.expect(/422/);
    const form = await edit(open, noScripts);
    await form.add.click();
    const row = (await form.names.count()) - 1;
    await form.control(row, 'name').fill('not a name');
    await form.whenToUse.fill('Typed before the mistake.');
    await form.submit.click();
    await expect(form.page.getByText('Use letters, digits and _ only')).toBeVisible();
    await expect(form.whenToUse).toHaveValue('Typed before the mistake.');
    await expect(form.control(row, 'name')).toHaveValue('not a name');
    await expect(form.control(row, 'name')).toHaveAttribute('aria-invalid', 'true');
  });

  test('a newer edit by somebody else is shown and overwritten only knowingly', async ({ open, watch }) => {
    watch.expect(/409/);
    const [stale, fresh] = [await edit(open, noScripts), await edit(open, noScripts)];
    await fresh.whenToUse.fill('The newer words.');
    await fresh.submit.click();
    await expect(fresh.page).toHaveURL(/saved=\d+/);
    await stale.whenToUse.fill('The older words.');
    await stale.submit.click();
    await expect(stale.page.getByText('saved this while you were editing')).toBeVisible();
    await expect(stale.page.getByRole('row', { name: /When to Use/ })).toContainText('The newer words.');
    await expect(stale.whenToUse).toHaveValue('The older words.');
    await stale.page.getByRole('button', { name: 'Keep mine (overwrite)' }).click();
    await expect(stale.page).toHaveURL(/saved=\d+/);
    await expect(stale.whenToUse).toHaveValue('The older words.');
  });
});
