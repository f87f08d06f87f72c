// An agent's Settings: connecting a model, and what keeps an admin from losing work, a key, or somebody else's edit.

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { hydrated, visit } from '../support/hydrated';
import { expect, SECOND, serve, test, VIEWER } from '../support/test';
import { ModelSettings } from '../pages/model_settings';
import { SignInPage } from '../pages/sign_in';

const workspace = serve({ team: [SECOND, VIEWER] });
const path = () => `${workspace.agentPath}/settings`;
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9/v1';
const KEY = 'sk-otter-1234567890';

/** The page as the owner has it. */
async function settings(open: (who: string, options?: object) => Promise<Page>, options: object = {}): Promise<ModelSettings> {
  const page = await open('the owner', { storageState: workspace.owner, ...options });
  if ('javaScriptEnabled' in options) await page.goto(workspace.at(path()));
  else await visit(page, workspace.at(path()));
  return new ModelSettings(page);
}

test('a model is connected: mistakes are named, the rest is saved and shown again, the key never', async ({ open }) => {
  const owner = await open('the owner', { storageState: workspace.owner });
  await visit(owner, workspace.at(workspace.agentPath));
  const form = new ModelSettings(owner);
  await form.tab.click();
  await expect(form.provider('Built-in')).toBeChecked();
  await expect(form.instructions).toBeHidden();
  await expect(owner.getByText('It uses no instructions')).toBeVisible();
  await form.provider('Anthropic').check();
  await expect(form.baseUrl).toHaveAttribute('placeholder', 'https://api.anthropic.com/v1/');
  await form.provider('OpenAI-compatible').check();
  await expect(form.baseUrl).toHaveAttribute('placeholder', 'https://api.openai.com/v1/');
  await expect(owner.getByText('It uses no instructions')).toBeHidden();

  await form.baseUrl.fill('localhost:11434');
  await form.temperature.fill('warm');
  await form.key.fill(KEY);
  await form.submit.click();
  await expect(form.baseUrl).toBeFocused();
  await expect(form.baseUrl).toHaveAccessibleDescription(/Enter an address such as/);
  await expect(form.model).toHaveAccessibleDescription(/Enter the name of the model/);
  await expect(form.temperature).toHaveAccessibleDescription(/from 0 to 2/);
  await expect(form.temperature).toHaveValue('warm');
  await expect(form.key).toHaveValue(KEY);

  await form.baseUrl.fill(NOWHERE);
  await expect(form.baseUrl).not.toHaveAttribute('aria-invalid', 'true');
  await form.model.fill('small-model');
  await form.temperature.fill('0.7');
  await form.instructions.fill('Be brief.\nBe kind.');
  await form.priceIn.fill('0.15');
  await form.priceOut.fill('0,60');
  await form.dayBudget.fill('100,000');
  await expect(owner.getByText('at most $0.06')).toBeVisible();
  await form.save();
  // What is saved is tested.
  await expect(owner.getByText(/^Tested on/)).toBeVisible({ timeout: 25_000 });

  await owner.reload();
  await hydrated(owner);
  await expect(form.provider('OpenAI-compatible')).toBeChecked();
  await expect(form.baseUrl).toHaveValue(NOWHERE);
  await expect(form.temperature).toHaveValue('0.7');
  await expect(form.instructions).toHaveValue('Be brief.\nBe kind.');
  await expect(form.priceOut).toHaveValue('0.6');
  await expect(form.dayBudget).toHaveValue('100000');
  await expect(owner.getByText(/^Tested on/)).toBeVisible();
  await expect(owner.getByText('A key is stored')).toBeVisible();
  await expect(form.key).toBeHidden();
  expect(await owner.content()).not.toContain(KEY);
  await form.page.getByRole('link', { name: 'Dashboard' }).click();
  await expect(owner.getByText('small-model')).toBeVisible();
  await expect(owner.getByRole('heading', { name: 'Use of the model' })).toBeVisible();
});

test('a stored key is replaced, removed, and entered anew for another address', async ({ open }) => {
  const form = await settings(open);
  const { page } = form;
  await form.provider('OpenAI-compatible').check();
  await form.baseUrl.fill(NOWHERE);
  await form.model.fill('small-model');
  if (await page.getByText('A key is stored').count()) await form.keyChange('Replace').click();
  await form.key.fill(KEY);
  await form.save();
  await expect(page.getByText('A key is stored')).toBeVisible();

  await form.keyChange('Replace').click();
  await expect(form.key).toBeFocused();
  await form.submit.click();
  await expect(form.key).toHaveAccessibleDescription(/Enter the key as the provider shows it/);
  await form.keyChange('Keep').click();
  await expect(form.key).toBeHidden();

  await form.baseUrl.fill('http://127.0.0.1:10/v1');
  await form.test.click();
  await expect(form.key).toBeFocused();
  await expect(form.key).toHaveAccessibleDescription(/entered for another address/);
  await form.baseUrl.fill(NOWHERE);
  await form.keyChange('Keep').click();
  await form.test.click();
  await expect(page.getByText(/^Tested on/)).toBeVisible({ timeout: 25_000 });

  await form.keyChange('Remove').click();
  await expect(page.getByText('The stored key is deleted when you save.')).toBeVisible();
  await expect(page.getByText('Not saved:').locator('..')).toHaveText('Not saved: Key');
  await form.save();
  await expect(page.getByText('A key is stored')).toHaveCount(0);
  await expect(form.key).toBeVisible();
  await expect(form.key).toHaveValue('');
});

test('leaving with something unsaved asks first', async ({ open }) => {
  const form = await settings(open);
  const { page } = form;
  await form.provider('Anthropic').check();
  await form.model.fill('claude-haiku-4-5');
  await form.key.fill(KEY);
  await expect(page.getByText('Not saved:').locator('..')).toContainText('Model');
  await form.page.getByRole('link', { name: 'Actions' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(form.key).toHaveValue(KEY);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByText('Not saved:')).toHaveCount(0);
  await form.page.getByRole('link', { name: 'Actions' }).click();
  await expect(page).toHaveURL(/\/actions$/);
});

test('two admins edit at once: the second sees the first’s changes and decides', async ({ open }) => {
  const mine = await settings(open);
  const other = await open('Jonas');
  await visit(other, workspace.at(`/sign-in?next=${encodeURIComponent(path())}`));
  await new SignInPage(other).signIn(SECOND);
  await expect(other).toHaveURL(workspace.at(path()));
  await hydrated(other);
  const theirs = new ModelSettings(other);

  await theirs.provider('OpenAI-compatible').check();
  await theirs.baseUrl.fill(NOWHERE);
  await theirs.model.fill('jonas-model');
  await theirs.save();
  await mine.provider('OpenAI-compatible').check();
  await mine.baseUrl.fill(NOWHERE);
  await mine.model.fill('maya-model');
  await mine.submit.click();
  const conflict = mine.page.getByRole('alert').filter({ hasText: 'saved this while you were editing' });
  await expect(conflict).toBeFocused();
  await expect(conflict).toContainText('Jonas Weber');
  await expect(conflict.getByRole('row', { name: /^Model/ })).toContainText('jonas-model');
  await expect(conflict.getByRole('row', { name: /^Model/ })).toContainText('maya-model');
  await conflict.getByRole('button', { name: 'Keep mine (overwrite)' }).click();
  await expect(conflict).toHaveCount(0);
  await expect(mine.page.getByText(/^Saved/).first()).toBeVisible();

  // The other way round: theirs is taken.
  await theirs.model.fill('jonas-again');
  await theirs.submit.click();
  await other.getByRole('button', { name: 'Take theirs' }).click();
  await expect(theirs.model).toHaveValue('maya-model');
  await expect(other.getByText('Not saved:')).toHaveCount(0);
});

test('it is worked by keyboard alone', async ({ open }) => {
  const form = await settings(open);
  const { page } = form;
  await page.locator('input[name="provider"]:checked').focus();
  await page.keyboard.press('ArrowDown');
  while (!(await form.provider('OpenAI-compatible').isChecked())) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(form.baseUrl).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(NOWHERE);
  await page.keyboard.press('Tab');
  await expect(form.model).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('keyboard-model');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Saved/).first()).toBeVisible();
  await page.reload();
  await expect(form.model).toHaveValue('keyboard-model');
});

test('others read that only admins can', async ({ open }) => {
  const page = await open('a viewer');
  await visit(page, workspace.at(`/sign-in?next=${encodeURIComponent(path())}`));
  await new SignInPage(page).signIn(VIEWER);
  await expect(page.getByRole('heading', { name: 'Only admins can open these settings' })).toBeVisible();
  await expect(new ModelSettings(page).tab).toHaveCount(0);
  await expectAccessible(page, 'for admins only');
});

test.describe('without scripts', () => {
  const noScripts = { javaScriptEnabled: false };

  test('the form hides what the built-in engine does not use, saves, and keeps what was typed', async ({ open, watch }) => {
    watch.expect(/422/);
    const form = await settings(open, noScripts);
    const { page } = form;
    await form.provider('Built-in').check();
    await expect(form.model).toBeHidden();
    await form.provider('OpenAI-compatible').check();
    await form.baseUrl.fill(NOWHERE);
    await form.model.fill('');
    await form.temperature.fill('hot');
    await form.submit.click();
    await expect(page.getByText('Enter the name of the model.')).toBeVisible();
    await expect(form.temperature).toHaveValue('hot');
    await form.model.fill('plain-model');
    await form.temperature.fill('0.5');
    await form.test.click();
    await expect(page.getByText(/^Tested on/)).toBeVisible();
    await expect(form.model).toHaveValue('plain-model');
    await form.submit.click();
    await expect(page).toHaveURL(/saved=\d+/);
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await expect(form.model).toHaveValue('plain-model');
  });
});

const SCREENS = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

for (const [screen, viewport] of Object.entries(SCREENS)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`it can be used by everybody: ${screen}, ${colorScheme}`, async ({ open }, testInfo) => {
      const form = await settings(open, { viewport, colorScheme });
      const { page } = form;
      const shoot = async (name: string): Promise<void> => {
        await expectAccessible(page, name);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wide, `${name}: pixels wider than the screen`).toBeLessThanOrEqual(0);
        await page.screenshot({ path: testInfo.outputPath(`${name}-${screen}-${colorScheme}.png`) });
      };
      await form.provider('Built-in').check();
      await shoot('built-in');
      await form.provider('OpenAI-compatible').check();
      await form.baseUrl.fill(NOWHERE);
      await form.model.fill('');
      await form.temperature.fill('9');
      await form.submit.click();
      await expect(form.model).toBeFocused();
      await shoot('wrong');
      await form.model.fill('small-model');
      await form.temperature.fill('0.3');
      await form.submit.click();
      await expect(page.getByText(/^Tested on/)).toBeVisible({ timeout: 25_000 });
      await form.test.scrollIntoViewIfNeeded();
      await shoot('tested');
    });
  }
}
