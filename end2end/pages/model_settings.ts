// An agent's Settings: the model that answers.

import { expect, type Locator, type Page } from '@playwright/test';

export class ModelSettings {
  readonly tab: Locator;
  readonly baseUrl: Locator;
  readonly model: Locator;
  readonly key: Locator;
  readonly instructions: Locator;
  readonly temperature: Locator;
  readonly tokensMax: Locator;
  readonly dayBudget: Locator;
  readonly priceIn: Locator;
  readonly priceOut: Locator;
  readonly test: Locator;
  readonly submit: Locator;

  constructor(readonly page: Page) {
    this.tab = page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Settings' });
    this.baseUrl = page.getByRole('textbox', { name: 'Base address' });
    this.model = page.getByRole('textbox', { name: 'Model', exact: true });
    this.key = page.locator('#key');
    this.instructions = page.getByRole('textbox', { name: 'Instructions' });
    this.temperature = page.getByRole('textbox', { name: 'Temperature' });
    this.tokensMax = page.getByRole('textbox', { name: 'Most tokens of an answer' });
    this.dayBudget = page.getByRole('textbox', { name: 'Budget of a day' });
    this.priceIn = page.getByRole('textbox', { name: 'Price of tokens read' });
    this.priceOut = page.getByRole('textbox', { name: 'Price of tokens written' });
    this.test = page.getByRole('button', { name: 'Test connection' });
    this.submit = page.getByRole('button', { name: 'Save', exact: true });
  }

  provider(name: string): Locator {
    return this.page.getByRole('group', { name: 'Who answers' }).getByRole('radio', { name });
  }

  /** A line of what a test of the connection found. */
  found(ability: string): Locator {
    return this.page.getByRole('table', { name: 'What works' }).getByRole('row', { name: new RegExp(`^${ability}`) });
  }

  /** What becomes of the stored key: Keep, Replace or Remove. */
  keyChange(name: string): Locator {
    return this.page.getByRole('group', { name: /A key is stored/ }).getByText(name, { exact: true });
  }

  /** Saves and waits until it is stored. */
  async save(): Promise<void> {
    await this.submit.click();
    await expect(this.page.getByText(/^Saved/).first()).toBeVisible();
    await expect(this.page.getByText('Not saved:')).toHaveCount(0);
  }
}
