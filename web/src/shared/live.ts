/**
 * The live stream of events: one connection for a page, which resumes behind the last entry it has, by number.
 * Whoever listens reads everything anew when the connection is made, and single things when an entry says so.
 */
import { useSyncExternalStore } from 'react';

export type LiveState = { connected: boolean; lostAt: number | null };

/** What came with a name: its data, and the number of the last entry. */
type Message = { data: string; lastEventId: string };

/** As much of `EventSource` as is needed. */
export interface Source {
  onopen: (() => void) | null;
  onmessage: ((message: Message) => void) | null;
  onerror: (() => void) | null;
  readonly readyState: number;
  addEventListener(name: string, listener: (message: Message) => void): void;
  close(): void;
}

/** Who listens to a stream whose entries are `Entry`. */
export interface Listener<Entry> {
  opened(): void;
  event(entry: Entry): void;
  /** Something without a number, which nobody can ask for again. */
  whisper?(name: string, data: unknown): void;
}

/** Names that a stream gives to what it tells: to its entries, and to what has no number. Entries without a name are heard anyway. */
export interface Names {
  entries: readonly string[];
  whispers: readonly string[];
}

const NO_NAMES: Names = { entries: [], whispers: [] };

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

export class Live<Entry> {
  #means: Means;
  #source: Source | null = null;
  #last: string | null = null;
  #wait = SHORTEST;
  #state: LiveState = { connected: false, lostAt: null };
  #watchers = new Set<() => void>();
  #stopped = false;

  constructor(
    private readonly url: string,
    private readonly heard: Listener<Entry>,
    private readonly names: Names = NO_NAMES,
    means: Means = browser,
  ) {
    this.#means = means;
  }

  /** Begins behind this entry, unless it was connected before. To be called before `start`. */
  after(last: string) {
    this.#last ??= last;
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
    const entry = (message: Message) => {
      this.#last = message.lastEventId;
      this.heard.event(JSON.parse(message.data) as Entry);
    };
    source.onmessage = entry;
    for (const name of this.names.entries) source.addEventListener(name, entry);
    for (const name of this.names.whispers) {
      source.addEventListener(name, ({ data }) => this.heard.whisper?.(name, JSON.parse(data)));
    }
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
export const useLive = (live: Pick<Live<unknown>, 'watch' | 'state'>): LiveState =>
  useSyncExternalStore(live.watch, live.state);
