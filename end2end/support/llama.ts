// A real model server of a test's own, llama.cpp's with a small model, that can be killed and started again on its port.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { freePort } from './server';

const READY_MS_MAX = 60_000;
const PROGRAM = process.env.BATON_TEST_LLAMA_SERVER;
const MODEL = process.env.BATON_TEST_LLAMA_MODEL;

/** The model's name at the server. */
export const LLAMA_NAME = 'own';

/** Why there is no model on this machine; nothing where there is one, or must be one. */
export function whyNoLlama(): string | undefined {
  if ((PROGRAM && MODEL) || process.env.CI || process.env.BATON_REQUIRE_MODEL) return undefined;
  const ask = '. script/lib.sh && . script/test-models.sh && { test_models_are_there && exit 3; why_no_test_models; }';
  try {
    const why = execFileSync('bash', ['-c', ask], { cwd: resolve(__dirname, '../..'), encoding: 'utf8' });
    return `not run: there is no model server (${why.trim()})`;
  } catch {
    // Installed, but not told to the test: `start` says what to do.
    return undefined;
  }
}

export class Llama {
  private process: ChildProcess | undefined;
  private ended: Promise<void> | undefined;

  private constructor(private readonly port: number) {}

  static async start(): Promise<Llama> {
    if (!PROGRAM || !MODEL) throw new Error('there is no model server: run the tests by script/with-model');
    const llama = new Llama(await freePort());
    await llama.run();
    return llama;
  }

  /** Where Baton finds it. */
  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  /** Starts it, again after `kill`, on the same port. */
  async run(): Promise<void> {
    const place = ['--host', '127.0.0.1', '--port', String(this.port), '--offline'];
    // One thread: two wait for each other at every step, which a busy machine makes long.
    const size = ['--ctx-size', '4096', '--parallel', '1', '--threads', '1'];
    const running = spawn(PROGRAM!, ['--model', MODEL!, '--alias', LLAMA_NAME, '--jinja', ...place, ...size], { stdio: 'ignore' });
    this.process = running;
    this.ended = new Promise((ended) => running.once('exit', () => ended()));
    process.once('exit', () => running.kill('SIGKILL'));
    const deadline = Date.now() + READY_MS_MAX;
    while (!(await this.says('/health')).ok) {
      if (running.exitCode !== null || Date.now() > deadline) throw new Error(`llama-server did not get ready (exit ${running.exitCode})`);
      await new Promise((later) => setTimeout(later, 100));
    }
  }

  /** Waits until it is at work on an answer. */
  async isWorking(): Promise<void> {
    const deadline = Date.now() + READY_MS_MAX;
    for (;;) {
      const slots = (await this.says('/slots')).body as { is_processing: boolean }[] | undefined;
      if (slots?.some((slot) => slot.is_processing)) return;
      if (Date.now() > deadline) throw new Error('llama-server was not asked');
      await new Promise((later) => setTimeout(later, 20));
    }
  }

  /** Ends it at once, also in the middle of an answer. A kind signal would leave open answers hanging for half a minute. */
  async kill(): Promise<void> {
    this.process?.kill('SIGKILL');
    await this.ended;
    this.process = undefined;
  }

  private async says(path: string): Promise<{ ok: boolean; body?: unknown }> {
    try {
      const answer = await fetch(`http://127.0.0.1:${this.port}${path}`);
      return { ok: answer.ok, body: await answer.json() };
    } catch {
      return { ok: false };
    }
  }
}
