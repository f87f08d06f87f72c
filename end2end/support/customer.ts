// A customer without a browser, who speaks the widget's API: for tests that need a conversation and not the writing of it.

import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';

export type Entry = { seq: number; author: { kind: string; name: string }; body: string };
export type Conversation = { id: string; owner: { kind: string; name: string }; lifecycle: string; entries: Entry[]; last_seq: number };

export class Customer {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Visits as the widget does. `testPath` ends in the agent's key. */
  static async visit(url: string, testPath: string, page = 'https://northwind.example/orders'): Promise<Customer> {
    const agent = testPath.split('/').pop();
    const session = await post(`${url}/widget/api/session`, '', { agent, locale: 'en-GB', page_url: page });
    return new Customer(url, session.token as string);
  }

  /** Writes; answers once the message is stored. */
  async say(body: string, clientId: string = randomUUID()): Promise<void> {
    await post(`${this.url}/widget/api/messages`, this.token, { client_id: clientId, body });
  }

  /** Writes and waits until somebody other than the customer has answered it. */
  async ask(body: string): Promise<string> {
    await this.say(body);
    const sent = (await this.conversation()).last_seq;
    let answer: Entry | undefined;
    await expect
      .poll(async () => {
        const entries = (await this.conversation()).entries;
        const mine = entries.findLast((entry) => entry.author.kind === 'customer')?.seq ?? sent;
        answer = entries.find((entry) => entry.seq > mine && entry.author.kind !== 'customer');
        return answer?.body;
      }, { message: `an answer to “${body}”` })
      .toBeTruthy();
    return answer?.body ?? '';
  }

  async conversation(): Promise<Conversation> {
    const answer = await fetch(`${this.url}/widget/api/conversation`, { headers: { authorization: `Bearer ${this.token}` } });
    return ((await answer.json()) as { conversation: Conversation }).conversation;
  }

  /** Waits until the conversation is with `owner`. */
  async isWith(owner: 'ai' | 'queue' | 'teammate' | 'none'): Promise<void> {
    await expect.poll(async () => (await this.conversation()).owner.kind, { message: `with ${owner}` }).toBe(owner);
  }
}

async function post(address: string, token: string, body: unknown): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${answer.status} from ${address}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}
