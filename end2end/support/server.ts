// A Baton server of a test's own: a free port, fresh data, stopped with SIGTERM. What it logs is shown when a test fails.
// Nothing here knows of browsers.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const BIN = process.env.BATON_BIN ?? resolve(__dirname, '../../target/debug/baton');
const SITE = process.env.BATON_SITE_DIR ?? resolve(__dirname, '../../target/site');
const READY_MS_MAX = 30_000;
const STOP_MS_MAX = 20_000;
const LOG_LINES_MAX = 400;

/** Settings that tests change: short waits, and rates that a whole file of tests from one address does not meet. */
const SETTINGS: Record<string, string> = {
  BATON_BURST_MS: '150',
  BATON_SIGN_IN_ATTEMPTS_PER_MINUTE: '1000',
  BATON_WIDGET_SESSIONS_PER_MINUTE: '1000',
  BATON_WIDGET_MESSAGES_PER_MINUTE: '1000',
  BATON_LOG: 'info',
};

export type Teammate = { name: string; email: string; password: string; role: 'owner' | 'admin' | 'teammate' | 'viewer' };

export class Server {
  /** Such as http://127.0.0.1:4242 */
  readonly url: string;
  private process: ChildProcess | undefined;
  private ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }> | undefined;
  private lines: string[] = [];

  private constructor(
    private readonly port: number,
    private readonly folder: string,
    private readonly settings: Record<string, string>,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts a server with a new workspace. `settings` are environment variables. */
  static async start(settings: Record<string, string> = {}): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), 'baton-e2e-'));
    const server = new Server(await freePort(), folder, settings);
    await server.run();
    return server;
  }

  /** What the server has logged lately. */
  get log(): string {
    return this.lines.join('\n');
  }

  /** Ends it as a power cut would: no goodbyes, nothing flushed. */
  async kill(): Promise<void> {
    this.process?.kill('SIGKILL');
    await this.ended;
    this.process = undefined;
  }

  /** Starts it again after `kill`, on the same port and data. */
  async run(): Promise<void> {
    const process = spawn(BIN, ['serve'], { env: this.environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = process;
    this.ended = new Promise((ended) => process.once('exit', (code, signal) => ended({ code, signal })));
    for (const stream of [process.stdout, process.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.lines.push(...text.trimEnd().split('\n'));
        this.lines.splice(0, this.lines.length - LOG_LINES_MAX);
      });
    }
    const deadline = Date.now() + READY_MS_MAX;
    while (!(await this.isReady())) {
      if (process.exitCode !== null || Date.now() > deadline) {
        throw new Error(`the server did not get ready (exit ${process.exitCode})\n${this.log}`);
      }
      await new Promise((later) => setTimeout(later, 50));
    }
  }

  /** Stops it as a deployment would. A server that does not end well by itself is an error. */
  async stop(): Promise<void> {
    try {
      if (!this.process) return;
      const { process, ended } = this;
      process.kill('SIGTERM');
      const late = setTimeout(() => process.kill('SIGKILL'), STOP_MS_MAX);
      const { code, signal } = (await ended) ?? { code: null, signal: null };
      clearTimeout(late);
      if (code !== 0) throw new Error(`the server ended with ${signal ?? code} after SIGTERM\n${this.log}`);
    } finally {
      await rm(this.folder, { recursive: true, force: true });
    }
  }

  /** Runs `baton …` on this server's data, with `input` on its standard input. */
  async cli(commandLine: string[], input = ''): Promise<string> {
    const running = promisify(execFile)(BIN, commandLine, { env: this.environment() });
    running.child.stdin?.end(input);
    return (await running).stdout;
  }

  /** Creates a teammate from the command line, as an owner would on the server. */
  async createTeammate({ name, email, password, role }: Teammate): Promise<void> {
    await this.cli(['user', 'create', '--name', name, '--email', email, '--role', role, '--password-stdin'], `${password}\n`);
  }

  private environment(): NodeJS.ProcessEnv {
    const { PATH, HOME } = process.env;
    return {
      PATH,
      HOME,
      BATON_LISTEN: `127.0.0.1:${this.port}`,
      BATON_DATA_DIR: this.folder,
      BATON_SITE_DIR: SITE,
      ...SETTINGS,
      ...this.settings,
    };
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/readyz`)).ok;
    } catch {
      return false;
    }
  }
}

/** A port that nothing listens on. The system does not hand it out again soon. */
export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? found(address.port) : failed(new Error('no port'))));
    });
  });
}
