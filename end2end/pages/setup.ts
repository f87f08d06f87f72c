// The first visit: the workspace, its owner, the first AI agent.

import type { Locator, Page } from '@playwright/test';
import type { Teammate } from '../support/server';

export class SetUpPage {
  readonly password: Locator;
  readonly create: Locator;

  constructor(readonly page: Page) {
    this.password = page.getByLabel('Password', { exact: true });
    this.create = page.getByRole('button', { name: 'Create the workspace' });
  }

  async fill({ name, email, password }: Teammate, agent = 'Ada'): Promise<void> {
    await this.page.getByLabel('Workspace').fill('Northwind Outdoor');
    await this.page.getByLabel('Your name').fill(name);
    await this.page.getByLabel('Email').fill(email);
    await this.password.fill(password);
    await this.page.getByLabel('Your first AI agent').fill(agent);
  }
}
