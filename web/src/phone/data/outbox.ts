/**
 * What a person wrote and the server does not show yet. It is on screen at once, goes out in the order in which it was
 * written, thread by thread, and stays in place with the reason and a way to try again when it fails.
 */
import { useSyncExternalStore } from 'react';
import { answer, api, reason, type Schemas } from '../../shared/api/client';

export type FileKind = 'image' | 'video' | 'audio' | 'file';

/** A file that goes with a message. */
export interface OutFile {
  kind: FileKind;
  name: string;
  blob: Blob;
  /** Where the browser has it, to be shown meanwhile. */
  url: string;
}

/** What is written: the body of the call, and files that are uploaded first. */
export interface Draft {
  body: Omit<Schemas['NewMessage'], 'to'>;
  files: OutFile[];
  /** The uploaded file is a story that mentions the account. */
  mention?: boolean;
}

export interface Outgoing extends Draft {
  key: string;
  /** The world's time when it was written. */
  time: number;
  state: 'waiting' | 'sending' | 'failed' | 'sent';
  error?: string;
  /** Its id once it is sent. */
  id?: string;
}

export type Change =
  | { do: 'add'; item: Outgoing }
  | { do: 'begin'; key: string }
  | { do: 'fail'; key: string; error: string }
  | { do: 'sent'; key: string; id: string }
  | { do: 'retry'; key: string }
  | { do: 'drop'; keys: readonly string[] };

/** The items after a change. */
export function reduce(items: readonly Outgoing[], change: Change): readonly Outgoing[] {
  const set = (key: string, part: Partial<Outgoing>) =>
    items.map((item) => (item.key === key ? { ...item, error: undefined, ...part } : item));
  switch (change.do) {
    case 'add':
      return [...items, change.item];
    case 'begin':
      return set(change.key, { state: 'sending' });
    case 'fail':
      return set(change.key, { state: 'failed', error: change.error });
    case 'sent':
      return set(change.key, { state: 'sent', id: change.id });
    case 'retry':
      return set(change.key, { state: 'waiting' });
    case 'drop':
      return items.filter((item) => !change.keys.includes(item.key));
  }
}

/** The next item to go out: the first that waits, unless one is under way. What failed holds nobody up. */
export function next(items: readonly Outgoing[]): Outgoing | undefined {
  if (items.some((item) => item.state === 'sending')) return undefined;
  return items.find((item) => item.state === 'waiting');
}

/** Sends a draft; gives the id of the message. */
export type Send = (person: string, account: string, draft: Draft) => Promise<string>;

export const post: Send = async (person, account, { body, files, mention }) => {
  const path = { username: person };
  const attachments = [...(body.attachments ?? [])];
  for (const file of files) {
    const query = { to: account, type: file.kind, ...(file.kind === 'file' ? { name: ascii(file.name) } : {}) };
    const upload = api.POST('/_parlance/people/{username}/files', {
      params: { path, query },
      body: file.blob as unknown as number[],
      bodySerializer: (bytes: unknown) => bytes as Blob,
      headers: { 'content-type': 'application/octet-stream' },
    });
    const { asset_id } = await answer(upload);
    attachments.push({ type: mention ? 'story_mention' : file.kind, asset_id });
  }
  const message = { ...body, to: account, ...(attachments.length > 0 ? { attachments } : {}) };
  return (await answer(api.POST('/_parlance/people/{username}/messages', { params: { path }, body: message })))
    .message_id;
};

/** A file's name as the platform takes it. */
export const ascii = (name: string) => name.replace(/[^\x20-\x7e]/g, '_').slice(-100);

const NOTHING: readonly Outgoing[] = [];

export class Outbox {
  #items: readonly Outgoing[] = NOTHING;
  #watchers = new Set<() => void>();
  #number = 0;

  constructor(
    private readonly person: string,
    private readonly account: string,
    private readonly settled: () => unknown,
    private readonly send: Send = post,
  ) {}

  watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  items = () => this.#items;

  add(draft: Draft, time: number) {
    this.#number += 1;
    this.#change({ do: 'add', item: { ...draft, key: `out-${this.#number}`, time, state: 'waiting' } });
    void this.#run();
  }

  retry(key: string) {
    this.#change({ do: 'retry', key });
    void this.#run();
  }

  drop(keys: readonly string[]) {
    if (keys.length === 0) return;
    this.#items
      .filter((item) => keys.includes(item.key))
      .forEach((item) => item.files.forEach((file) => URL.revokeObjectURL(file.url)));
    this.#change({ do: 'drop', keys });
  }

  async #run() {
    const item = next(this.#items);
    if (!item) return;
    this.#change({ do: 'begin', key: item.key });
    try {
      const id = await this.send(this.person, this.account, item);
      this.#change({ do: 'sent', key: item.key, id });
    } catch (error) {
      this.#change({ do: 'fail', key: item.key, error: reason(error) });
    }
    this.settled();
    void this.#run();
  }

  #change(change: Change) {
    this.#items = reduce(this.#items, change);
    this.#watchers.forEach((watcher) => watcher());
  }
}

export const useOutbox = (outbox: Outbox) => useSyncExternalStore(outbox.watch, outbox.items);
