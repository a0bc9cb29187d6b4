/** A platform of its own for a file of tests, with its demo world, and the inbox that works on it, if one is wanted. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Desk, type Place } from './desk';
import { end, run } from './process';

const VERIFY_TOKEN = 'verify-me';

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

export type Json = Record<string, unknown>;

interface Options {
  /** Where the inbox runs; without it there is none. */
  inbox?: Place;
  /** Settings of the platform, as in `send_per_second=0`. */
  settings?: string[];
}

export class World {
  /** The inbox, where there is one. */
  inbox: Desk | null = null;

  private constructor(
    readonly ready: Ready,
    private process: ChildProcess,
    private readonly args: string[],
    readonly folder: string,
    private readonly hook: Server,
  ) {}

  /** Starts `parlance dev` with a new demo world. */
  static async start({ inbox, settings = [] }: Options = {}): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'parlance-e2e-'));
    const desk = inbox === 'beside' ? ['--inbox-demo', 'none'] : ['--no-inbox'];
    const args = ['--data', join(folder, 'data'), ...desk, ...settings.flatMap((one) => ['--set', one])];
    const { child, ready } = await run<Ready>(['dev', '--listen', '127.0.0.1:0', ...args]);
    const hook = createServer((request, response) => {
      // The handshake asks for its challenge; everything else is taken.
      response.end(new URL(request.url ?? '/', 'http://hook').searchParams.get('hub.challenge') ?? 'ok');
    });
    await new Promise<void>((done) => hook.listen(0, '127.0.0.1', done));
    const world = new World(ready, child, args, folder, hook);
    if (inbox === 'beside') world.inbox = await Desk.beside(ready);
    if (inbox === 'apart') world.inbox = await Desk.apart(world, folder);
    return world;
  }

  /** The inbox that there is. */
  get desk(): Desk {
    if (!this.inbox) throw new Error('this world was started without an inbox');
    return this.inbox;
  }

  /** Ends the server; it comes back at the same address, with the same data, when the answer is called. */
  async goes(): Promise<() => Promise<void>> {
    await end(this.process);
    return async () => {
      const { host } = new URL(this.ready.graph);
      this.process = (await run<Ready>(['dev', '--listen', host, ...this.args])).child;
    };
  }

  async stop() {
    await this.inbox?.stop();
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

  /** Moves the clock of the platform, and the inbox's with it. */
  async clock(move: { set: string } | { advance: string }) {
    const { now } = (await this.call('POST', '/_parlance/clock', move)) as { now: string };
    if (!this.inbox) return;
    await this.inbox.moved();
    // Apart, it knows the platform's time to the second.
    if ((await this.inbox.now()) < Date.parse(now) - 1000) throw new Error(`the inbox does not know that it is ${now}`);
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
