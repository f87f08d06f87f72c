// Listens to what a browser complains about. A test passes only if there was nothing, or nothing but what it expects.

import type { BrowserContext, Page } from '@playwright/test';

export class Watch {
  private complaints: string[] = [];
  private expected: RegExp[] = [];

  /** From here on complaints like this one are none: a test that cuts the connection expects failed requests. */
  expect(complaint: RegExp): void {
    this.expected.push(complaint);
  }

  /** What was complained about and not expected. */
  get unexpected(): string[] {
    return this.complaints.filter((complaint) => !this.expected.some((expected) => expected.test(complaint)));
  }

  context(context: BrowserContext, who: string): void {
    context.pages().forEach((page) => this.page(page, who));
    context.on('page', (page) => this.page(page, who));
  }

  private page(page: Page, who: string): void {
    const complain = (text: string) => this.complaints.push(`${who}: ${text}`);
    page.on('pageerror', (error) => complain(`uncaught ${error.message}`));
    page.on('crash', () => complain('the page crashed'));
    page.on('console', (message) => {
      // A warning of a hydration that did not match is an error that Leptos survives.
      if (message.type() === 'error' || (message.type() === 'warning' && /hydrat/i.test(message.text()))) {
        complain(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // A page that is left takes its streams and half-done requests along.
      if (why !== 'net::ERR_ABORTED') complain(`request failed: ${why} ${request.method()} ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) complain(`response ${response.status()}: ${response.request().method()} ${response.url()}`);
    });
  }
}
