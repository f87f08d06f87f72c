// A server that speaks OpenAI's wire and answers at the pace of the test: real connections and real streams, with words that a
// test can wait for. It knows tools. What no test waits for, such as a test of the connection, it answers at once.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const SLOW_NAME = 'slow';

type Question = {
  messages: { role: string; content: string }[];
  tools?: { function: { name: string } }[];
  tool_choice?: unknown;
};

/** One answer under way. */
export class Answer {
  /** The asker hung up before the end. */
  readonly isCut: Promise<void>;

  constructor(private readonly response: ServerResponse) {
    this.isCut = new Promise((cut) => response.once('close', () => response.writableFinished || cut()));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.piece({ role: 'assistant', content: null });
  }

  /** Writes on, word by word. */
  say(text: string): void {
    for (const content of `${text} `.match(/\S+\s*/g) ?? []) this.piece({ content });
  }

  call(name: string, values: object): void {
    const call = { name, arguments: JSON.stringify(values) };
    this.piece({ tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: call }] });
  }

  end(reason = 'stop'): void {
    this.piece({}, reason);
    this.response.end('data: [DONE]\n\n');
  }

  private piece(delta: object, finish_reason: string | null = null): void {
    const chunk = { id: 'answer', object: 'chat.completion.chunk', created: 0, model: SLOW_NAME, choices: [{ index: 0, delta, finish_reason }] };
    this.response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  }
}

export class SlowModel {
  private server: Server | undefined;
  private port = 0;
  private waiting: { words: string; answer: (answer: Answer) => void }[] = [];

  static async start(): Promise<SlowModel> {
    const model = new SlowModel();
    await model.run();
    return model;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  /** Starts it, again after `kill`, on the same port. */
  async run(): Promise<void> {
    const server = createServer((request, response) => void this.serve(request, response));
    this.server = server;
    await new Promise<void>((listens, failed) => server.once('error', failed).listen(this.port, '127.0.0.1', listens));
    this.port = (server.address() as AddressInfo).port;
  }

  /** The answer to the next question with these words. Call it before they are said. */
  whenAsked(words: string): Promise<Answer> {
    return new Promise((answer) => this.waiting.push({ words, answer }));
  }

  /** Ends it at once, in the middle of what it says. */
  async kill(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    await new Promise<void>((closed) => {
      if (!server) return closed();
      server.close(() => closed());
      server.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    const { messages, tools, tool_choice } = JSON.parse(body) as Question;
    const answer = new Answer(response);
    const at = this.waiting.findIndex(({ words }) => JSON.stringify(messages.at(-1)).includes(words));
    if (at >= 0) return this.waiting.splice(at, 1)[0]?.answer(answer);
    if (tools?.[0] && tool_choice && tool_choice !== 'auto') {
      answer.call(tools[0].function.name, { color: 'blue' });
      return answer.end('tool_calls');
    }
    answer.say('I am ready.');
    answer.end();
  }
}
