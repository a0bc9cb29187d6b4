/**
 * The inbox of a world: within `parlance dev`, or as a second process with a database of its own that knows the platform by
 * its public address only. Either way the same five people work there and the same account is connected.
 */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Schemas } from '../src/inbox/data/api';
import { end, run } from './process';
import { Wire } from './wire';
import type { Json, Ready, World } from './world';

/** How an inbox runs: within the emulator's process, or apart from it. */
export type Place = 'beside' | 'apart';
export const PLACES: Place[] = ['beside', 'apart'];

/** Who works there, and as what. */
export const STAFF = { olga: 'owner', sue: 'supervisor', ana: 'agent', ben: 'agent', chi: 'agent' } as const;
export type Name = keyof typeof STAFF;
export const PASSWORD = 'harbor knits demo';
export const email = (name: Name) => `${name}@desk.example`;
/** As colleagues see them. */
export const called = (name: Name) => name[0]!.toUpperCase() + name.slice(1);

/** What `parlance inbox --json` says when it is ready. */
export interface InboxReady {
  inbox: string;
  owner_link: string | null;
}

/** How long the desk may take to have read what is new, in milliseconds. */
const PATIENCE = 20_000;

export class Desk {
  private readonly cookies = new Map<Name, string>();

  private constructor(
    readonly place: Place,
    /** Where it is, without a path. */
    readonly origin: string,
    private readonly child: ChildProcess | null,
    /** What it sends, where that can be seen from outside. */
    readonly wire: Wire | null,
  ) {}

  /** The one that `parlance dev` brings. */
  static async beside(ready: Ready): Promise<Desk> {
    const desk = new Desk('beside', ready.graph, null, null);
    await desk.imported();
    return desk;
  }

  /** Starts one on a folder, and does what its owner does on the first day. */
  static async apart(world: World, folder: string): Promise<Desk> {
    const { desk, link } = await Desk.unowned(world, folder);
    await desk.join('olga', link);
    for (const [name, role] of Object.entries(STAFF) as [Name, string][]) {
      if (role === 'owner') continue;
      const { link } = (await desk.call('olga', 'POST', '/invitations', { role })) as unknown as Schemas['Invited'];
      await desk.join(name, link);
    }
    await desk.call('olga', 'PUT', '/workspace', { name: 'Harbor Knits', assignment: 'manual', agents_see_all: true });
    const { app, page } = world.ready;
    await desk.call('olga', 'POST', '/connections', {
      graph_url: desk.wire!.url,
      token: page.token,
      app_secret: app.secret,
      app_id: app.id,
      public_url: desk.origin,
    });
    await desk.imported();
    return desk;
  }

  /** Starts one that nobody has come into yet; gives the secret of its owner's link. */
  static async unowned(world: World, folder: string): Promise<{ desk: Desk; link: string }> {
    const wire = await Wire.before(world.ready.graph);
    const place = ['--data', join(folder, 'desk'), '--listen', '127.0.0.1:0'];
    const { child, ready } = await run<InboxReady>(['inbox', '--graph', wire.url, ...place]);
    const desk = new Desk('apart', new URL(ready.inbox).origin, child, wire);
    return { desk, link: new URL(ready.owner_link!).hash.slice(1) };
  }

  async stop() {
    if (this.child) await end(this.child);
    this.wire?.stop();
  }

  /** Somebody comes in by a one-time link. */
  private async join(name: Name, link: string) {
    const newcomer = { link, name: called(name), email: email(name), password: PASSWORD };
    this.cookies.set(name, cookieOf(await this.ask('POST', '/join', newcomer)));
  }

  /** The secret of somebody's log-in. */
  async cookie(name: Name): Promise<string> {
    const known = this.cookies.get(name);
    if (known) return known;
    const cookie = cookieOf(await this.ask('POST', '/session', { email: email(name), password: PASSWORD }));
    this.cookies.set(name, cookie);
    return cookie;
  }

  /** Calls the inbox's own API as one of them; throws what it refuses. */
  async call(name: Name, method: string, path: string, body?: Json): Promise<Json> {
    const response = await this.ask(method, path, body, await this.cookie(name));
    const text = await response.text();
    return (text === '' ? {} : JSON.parse(text)) as Json;
  }

  private async ask(method: string, path: string, body?: Json, cookie?: string): Promise<Response> {
    const response = await fetch(`${this.origin}/inbox/api${path}`, {
      method,
      headers: {
        'x-parlance-inbox': '1',
        ...(cookie ? { cookie: `parlance_inbox=${cookie}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  /** The account that is connected. */
  async connection(): Promise<Schemas['Connection']> {
    const all = (await this.call('olga', 'GET', '/connections')) as unknown as Schemas['Connection'][];
    return all[0]!;
  }

  /** The clock was moved: the desk follows, and log-ins may have ended, which last for a fortnight. */
  async moved() {
    if (this.place === 'apart') await this.look();
    this.cookies.clear();
  }

  /** The desk reads what is new on the platform, its time included. */
  private async look() {
    await this.call('olga', 'POST', `/connections/${(await this.connection()).id}/catch_up`);
  }

  /** The desk's present moment. */
  async now(): Promise<number> {
    return ((await this.call('olga', 'GET', '/session')) as unknown as Schemas['Me']).now;
  }

  /** The conversations of a list, one page of them. */
  async list(query = ''): Promise<Schemas['Conversation'][]> {
    return ((await this.call('sue', 'GET', `/conversations?limit=100&${query}`)) as unknown as Schemas['Page']).items;
  }

  /** The conversation with a person, once what they wrote has arrived. */
  async conversation(customer: string): Promise<Schemas['Conversation']> {
    return until(async () => (await this.list()).find((one) => one.customer === customer));
  }

  /** The conversation with somebody of this username. */
  async conversationOf(username: string): Promise<Schemas['Conversation']> {
    return until(async () => (await this.list()).find((one) => one.profile.username === username));
  }

  async agents(): Promise<Schemas['Agent'][]> {
    return (await this.call('olga', 'GET', '/agents')) as unknown as Schemas['Agent'][];
  }

  /** The newest message of a side. */
  async newest(id: string, side: 'person' | 'business'): Promise<string> {
    const { messages } = await this.thread(id);
    const found = messages.filter((message) => message.side.toLowerCase() === side).at(-1);
    if (!found) throw new Error(`the ${side} wrote nothing`);
    return found.mid;
  }

  /** Somebody answers what stands there by now, without the page; until it is sent. */
  async says(name: Name, id: string, body: Json) {
    const client_key = crypto.randomUUID();
    const sent = await until(async () => {
      const { messages, outbox } = await this.thread(id);
      const last = outbox.at(-1);
      const last_seen = last ? `outbox:${last.id}` : messages.at(-1)?.mid;
      const reply = { client_key, last_seen, body };
      return this.call(name, 'POST', `/conversations/${id}/replies`, reply).catch((problem: Error) => {
        if (!problem.message.includes(': 409 ')) throw problem;
      });
    });
    await until(async () => {
      const waiting = (await this.thread(id)).outbox.find((one) => one.id === sent['id']);
      if (waiting?.state === 'failed') throw new Error(waiting.sentence ?? 'it was not sent');
      return waiting ? undefined : true;
    });
  }

  async thread(id: string): Promise<Schemas['Thread']> {
    return (await this.call('sue', 'GET', `/conversations/${id}`)) as unknown as Schemas['Thread'];
  }

  /** Waits until the whole history of the account is here. */
  private async imported() {
    await until(async () => ((await this.connection()).import_state.toLowerCase() === 'done' ? true : undefined));
  }
}

function cookieOf(response: Response): string {
  const found = /parlance_inbox=([^;]+)/.exec(response.headers.get('set-cookie') ?? '');
  if (!found) throw new Error('the inbox let nobody in');
  return found[1]!;
}

/** Asks until there is an answer. */
export async function until<T>(ask: () => Promise<T | undefined | void>, patience = PATIENCE): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error('what was waited for did not come');
    await new Promise((done) => setTimeout(done, 50));
  }
}
