/**
 * What leaves the page: at once on the screen, then to the inbox, in each conversation in order and each once. Where the inbox
 * is not reached it waits and is tried again, by the next tab if this one is closed; what is refused goes back to where it was
 * written, with all behind it.
 */
import { useCallback, useSyncExternalStore } from 'react';
import { Offline } from '../../../shared/api/client';
import { Refused } from '../../data/api';
import type { Body } from '../facts';
import type { Attached } from './writing';

/** Something that the inbox does not have yet. */
export interface Sent {
  /** A name of its own: asked for twice it is sent once. */
  key: string;
  conversation: string;
  body: Body;
  /** The newest thing that its author had on screen. */
  lastSeen: string | null;
  /** The number of the newest message when it was written. */
  after: number;
  /** By the desk's clock. */
  time: number;
  /** The files that it is, as the tray had them. */
  files: readonly Attached[];
  state: 'waiting' | 'sending' | 'taken';
  /** Whether it was tried in vain. */
  offline: boolean;
}

export interface Means {
  /** Hands it to the inbox. */
  post(sent: Sent): Promise<unknown>;
  /** The inbox has it: resolves when the thread shows it. */
  taken(sent: Sent): Promise<unknown>;
  /** The inbox refused the first of them; the others stood behind it. */
  refused(sent: readonly Sent[], why: Refused): void;
  /** What a tab that comes later would have to send. */
  keep(sent: readonly Sent[]): void;
  later(run: () => void, ms: number): void;
}

/** After which time the inbox is tried again, in milliseconds. */
const AGAIN = 3_000;

const NOTHING: readonly Sent[] = [];

export class Sends {
  #items: readonly Sent[] = NOTHING;
  #by = new Map<string, readonly Sent[]>();
  #watchers = new Set<() => void>();
  #waits = false;

  constructor(private readonly means: Means) {}

  watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  of = (conversation: string) => this.#by.get(conversation) ?? NOTHING;

  add(sent: readonly Omit<Sent, 'state' | 'offline'>[]) {
    this.#become([...this.#items, ...sent.map((one) => ({ ...one, state: 'waiting' as const, offline: false }))]);
    for (const conversation of new Set(sent.map((one) => one.conversation))) void this.#run(conversation);
  }

  /** The inbox is reached again. */
  reached() {
    for (const conversation of new Set(this.#items.map((one) => one.conversation))) void this.#run(conversation);
  }

  async #run(conversation: string) {
    const mine = this.of(conversation);
    if (mine.some((one) => one.state === 'sending')) return;
    const next = mine.find((one) => one.state === 'waiting');
    if (!next) return;
    this.#put(next.key, { state: 'sending' });
    try {
      await this.means.post(next);
    } catch (error) {
      this.#failed(next, error);
      return;
    }
    this.#put(next.key, { state: 'taken', offline: false });
    void this.#run(conversation);
    await this.means.taken(next).catch(() => undefined);
    this.#become(this.#items.filter((one) => one.key !== next.key));
  }

  #failed(sent: Sent, error: unknown) {
    if (error instanceof Offline) {
      this.#put(sent.key, { state: 'waiting', offline: true });
      if (this.#waits) return;
      this.#waits = true;
      this.means.later(() => {
        this.#waits = false;
        this.reached();
      }, AGAIN);
      return;
    }
    const back = this.of(sent.conversation).filter((one) => one.state !== 'taken');
    this.#become(this.#items.filter((one) => !back.includes(one)));
    const why = error instanceof Refused ? error : new Refused(0, { reason: 'unknown', message: String(error) });
    this.means.refused(back, why);
  }

  #put(key: string, part: Partial<Sent>) {
    this.#become(this.#items.map((one) => (one.key === key ? { ...one, ...part } : one)));
  }

  #become(items: readonly Sent[]) {
    this.#items = items;
    const by = new Map<string, Sent[]>();
    for (const one of items) by.set(one.conversation, [...(by.get(one.conversation) ?? []), one]);
    this.#by = by;
    this.means.keep(items.filter((one) => one.state !== 'taken'));
    this.#watchers.forEach((watcher) => watcher());
  }
}

/** What of a conversation the inbox does not have yet. */
export const useSends = (sends: Sends, conversation: string) =>
  useSyncExternalStore(
    sends.watch,
    useCallback(() => sends.of(conversation), [sends, conversation]),
  );
