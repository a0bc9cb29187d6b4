/**
 * The live stream of events: one connection for a page, which resumes behind the last entry it has, by number.
 * Whoever listens reads everything anew when the connection is made, and single things when an entry says so.
 */
import { useSyncExternalStore } from 'react';
import type { Schemas } from './api/client';

export type LiveEvent = Schemas['EventView'];
export type LiveState = { connected: boolean; lostAt: number | null };

/** As much of `EventSource` as is needed. */
export interface Source {
  onopen: (() => void) | null;
  onmessage: ((message: { data: string; lastEventId: string }) => void) | null;
  onerror: (() => void) | null;
  readonly readyState: number;
  close(): void;
}

export interface Means {
  open(url: string): Source;
  now(): number;
  later(run: () => void, ms: number): void;
}

const browser: Means = {
  open: (url) => new EventSource(url) as unknown as Source,
  now: () => Date.now(),
  later: (run, ms) => void setTimeout(run, ms),
};

const CLOSED = 2;
const SHORTEST = 500;
const LONGEST = 8_000;

export class Live {
  #means: Means;
  #source: Source | null = null;
  #last: string | null = null;
  #wait = SHORTEST;
  #state: LiveState = { connected: false, lostAt: null };
  #watchers = new Set<() => void>();
  #stopped = false;

  constructor(
    private readonly url: string,
    private readonly heard: { opened(): void; event(event: LiveEvent): void },
    means: Means = browser,
  ) {
    this.#means = means;
  }

  start() {
    this.#stopped = false;
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    this.#source?.close();
    this.#source = null;
  }

  watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  state = () => this.#state;

  #connect() {
    if (this.#stopped) return;
    const source = this.#means.open(this.#last === null ? this.url : `${this.url}?after=${this.#last}`);
    this.#source = source;
    source.onopen = () => {
      this.#wait = SHORTEST;
      this.#become({ connected: true, lostAt: null });
      this.heard.opened();
    };
    source.onmessage = (message) => {
      this.#last = message.lastEventId;
      this.heard.event(JSON.parse(message.data) as LiveEvent);
    };
    source.onerror = () => {
      if (this.#state.lostAt === null) this.#become({ connected: false, lostAt: this.#means.now() });
      // The browser resumes by itself, except from an answer that was no stream.
      if (source.readyState !== CLOSED || source !== this.#source) return;
      this.#means.later(() => this.#connect(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST);
    };
  }

  #become(state: LiveState) {
    this.#state = state;
    this.#watchers.forEach((watcher) => watcher());
  }
}

/** Whether the stream is connected, and since when it is not. */
export const useLive = (live: Live): LiveState => useSyncExternalStore(live.watch, live.state);
