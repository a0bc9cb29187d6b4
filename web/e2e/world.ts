/** The real binary, a real browser, an app that listens: what an end-to-end test stands on. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const ROOT = join(import.meta.dirname, '../..');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const VERIFY_TOKEN = 'verify-me';
/** How long something may take to appear, in milliseconds; a machine that builds beside it is slow. */
const PATIENCE = 10_000;

/** What `parlance dev --json` says when it is ready. */
export interface Ready {
  graph: string;
  phone: string;
  app: { id: string; secret: string; token: string };
  page: { id: string; token: string };
  account: { id: string; username: string; token: string };
  people: { username: string; id: string }[];
  media: { id: string; comments: string[] }[];
}

type Json = Record<string, unknown>;

export class World {
  private constructor(
    readonly ready: Ready,
    private process: ChildProcess,
    private readonly folder: string,
    private readonly hook: Server,
  ) {}

  /** Starts `parlance dev` with a new demo world. */
  static async start(): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'parlance-e2e-'));
    const { child, line } = await run('127.0.0.1:0', folder);
    const hook = createServer((request, response) => {
      // The handshake asks for its challenge; everything else is taken.
      response.end(new URL(request.url ?? '/', 'http://hook').searchParams.get('hub.challenge') ?? 'ok');
    });
    await new Promise<void>((done) => hook.listen(0, '127.0.0.1', done));
    return new World(JSON.parse(line) as Ready, child, folder, hook);
  }

  /** Ends the server; it comes back at the same address, with the same data, when the answer is called. */
  async goes(): Promise<() => Promise<void>> {
    await end(this.process);
    return async () => {
      this.process = (await run(new URL(this.ready.graph).host, this.folder)).child;
    };
  }

  async stop() {
    await end(this.process);
    this.hook.closeAllConnections();
    this.hook.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  person(username: string): string {
    return this.ready.people.find((it) => it.username === username)!.id;
  }

  /** Calls the platform; throws what it refuses. */
  async call(method: string, path: string, body?: Json, token?: string): Promise<Json> {
    const response = await fetch(`${this.ready.graph}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = (await response.json()) as Json;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The business acts through the Graph API. */
  async business(body: Json): Promise<string> {
    const answer = await this.call('POST', '/v25.0/me/messages', body, this.ready.page.token);
    return answer['message_id'] as string;
  }

  /** The business writes to a person. */
  sends(username: string, message: Json): Promise<string> {
    return this.business({ recipient: { id: this.person(username) }, message });
  }

  /** A person writes without the phone. */
  async writes(username: string, body: Json): Promise<string> {
    const answer = await this.call('POST', `/_parlance/people/${username}/messages`, { to: 'harbor.knits', ...body });
    return answer['message_id'] as string;
  }

  /** Subscribes the demo app to messages and reactions, with a callback that takes everything. */
  async subscribe() {
    const { app, page } = this.ready;
    const callback_url = `http://127.0.0.1:${(this.hook.address() as AddressInfo).port}/hook`;
    const fields = 'messages,message_reactions';
    const object = { object: 'instagram', callback_url, verify_token: VERIFY_TOKEN, fields };
    await this.call('POST', `/v25.0/${app.id}/subscriptions`, object, app.token);
    await this.call('POST', '/v25.0/me/subscribed_apps', { subscribed_fields: fields }, page.token);
  }
}

/** Starts the server on a folder: `PARLANCE_BIN`, else a release build of this tree. */
async function run(listen: string, folder: string): Promise<{ child: ChildProcess; line: string }> {
  const binary = process.env.PARLANCE_BIN ?? join(ROOT, 'target/release/parlance');
  if (!existsSync(binary)) throw new Error(`there is no ${binary}: run \`cargo build --release\`, or set PARLANCE_BIN`);
  const child = spawn(binary, ['dev', '--listen', listen, '--data', join(folder, 'data'), '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const line = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).once('line', done);
    child.once('exit', (code) => fail(new Error(`parlance ended with ${code} before it was ready`)));
  });
  return { child, line };
}

async function end(child: ChildProcess) {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

export type Theme = 'light' | 'dark';

/** One Chromium for a file of tests. */
export class Screens {
  private constructor(
    private readonly browser: Browser,
    private readonly world: World,
  ) {}

  static async open(world: World): Promise<Screens> {
    if (!existsSync(CHROMIUM))
      throw new Error(`there is no ${CHROMIUM}: \`apt-get install -y chromium\`, or set CHROMIUM`);
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    });
    return new Screens(browser, world);
  }

  close() {
    return this.browser.close();
  }

  /** A phone in a browser of its own; for `pictures`, one that looks the same each time. Errors of the page, and what its policy keeps out, fail the test that looks at them. */
  async phone(
    query: string,
    options: { width?: number; height?: number; theme?: Theme; touch?: boolean; pictures?: boolean } = {},
  ): Promise<Shown> {
    const { width = 1024, height = 900, theme = 'light', touch = false } = options;
    const context = await this.browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      hasTouch: touch,
      isMobile: touch,
      reducedMotion: 'reduce',
      timezoneId: 'UTC',
      locale: 'en-GB',
      permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
    });
    // Ids are made anew in each world, and what a post looks like follows from its id.
    if (options.pictures) {
      const kinds = /\/pictures\/(post|story)-\d{5,}\.svg$/;
      await context.route(kinds, (route) => route.continue({ url: route.request().url().replace(/-\d+/, '-moss') }));
    }
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(`${this.world.ready.phone}${query}`);
    return { page, context, problems };
  }
}

export interface Shown {
  page: Page;
  context: BrowserContext;
  problems: string[];
}
