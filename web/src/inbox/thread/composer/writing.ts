/**
 * What somebody is writing, by conversation. It outlives the pane, and its words outlive the tab: they are kept in the browser
 * at once, and by the inbox after a moment, so that they are there on another device.
 */
import { useSyncExternalStore } from 'react';
import type { Schemas } from '../../data/api';
import type { Media } from './files';

/** A file of the tray. */
export interface Attached {
  key: string;
  name: string;
  size: number;
  media: Media;
  /** A picture of it, as long as this page has it. */
  preview: string | null;
  /** 0 to 1. */
  progress: number;
  state: 'uploading' | 'ready' | 'failed';
  /** The id of its upload. */
  id: string | null;
  /** Why it was not taken. */
  why: string | null;
}

/** Why what was sent came back. */
export interface Returned {
  message: string;
  /** What stands against it, where something newer does. */
  newer: Schemas['Newer'] | null;
}

export interface Writing {
  mode: 'reply' | 'note';
  text: string;
  note: string;
  /** Agents who were chosen behind an `@`. */
  mentions: { id: string; name: string }[];
  /** The message that is answered. */
  replyTo: string | null;
  files: Attached[];
  returned: Returned | null;
}

/** What is kept of it in the browser. */
interface Kept {
  text: string;
  note: string;
  replyTo: string | null;
  /** The text as the inbox last took it. */
  synced: string;
}

export const BLANK: Writing = {
  mode: 'reply',
  text: '',
  note: '',
  mentions: [],
  replyTo: null,
  files: [],
  returned: null,
};

/**
 * The text to begin with, of what is kept here and by the inbox. Where all that is kept here was taken by the inbox, the
 * inbox's may be newer, from another device; where it was not, it is the newest that there is.
 */
export function begin(kept: Pick<Kept, 'text' | 'synced'> | null, server: string | null): string {
  if (!kept) return server ?? '';
  return kept.text === kept.synced ? (server ?? '') : kept.text;
}

/** Where words are kept: the browser's storage, or none. */
export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class Composer {
  #state: Writing;
  #synced: string;
  #opened = false;
  #watchers = new Set<() => void>();

  constructor(
    private readonly name: string,
    private readonly storage: Storage | null,
  ) {
    const kept = this.#read();
    this.#state = kept ? { ...BLANK, text: kept.text, note: kept.note, replyTo: kept.replyTo } : BLANK;
    this.#synced = kept?.synced ?? '';
  }

  state = () => this.#state;

  watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  /** Takes the inbox's draft into account, the first time that it is known. */
  open(server: string | null) {
    if (this.#opened) return;
    this.#opened = true;
    const text = begin({ text: this.#state.text, synced: this.#synced }, server);
    this.#synced = server ?? '';
    this.set({ text });
  }

  /** What the inbox does not have yet, or null. */
  unsynced(): string | null {
    return this.#opened && this.#state.text !== this.#synced ? this.#state.text : null;
  }

  synced(text: string) {
    this.#synced = text;
    this.#keep();
  }

  set(part: Partial<Writing>) {
    this.#state = { ...this.#state, ...part };
    this.#keep();
    this.#watchers.forEach((watcher) => watcher());
  }

  file(key: string, part: Partial<Attached>) {
    this.set({ files: this.#state.files.map((file) => (file.key === key ? { ...file, ...part } : file)) });
  }

  #read(): Kept | null {
    try {
      const kept = JSON.parse(this.storage?.getItem(this.name) ?? 'null') as Partial<Kept> | null;
      if (!kept) return null;
      const word = (value: unknown) => (typeof value === 'string' ? value : '');
      return {
        text: word(kept.text),
        note: word(kept.note),
        replyTo: typeof kept.replyTo === 'string' ? kept.replyTo : null,
        synced: word(kept.synced),
      };
    } catch {
      return null;
    }
  }

  #keep() {
    const { text, note, replyTo } = this.#state;
    const kept: Kept = { text, note, replyTo, synced: this.#synced };
    try {
      if (text === '' && note === '' && replyTo === null && this.#synced === '') this.storage?.removeItem(this.name);
      else this.storage?.setItem(this.name, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing has it for as long as the page is open.
    }
  }
}

export function browserStorage(): globalThis.Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

const all = new Map<string, Composer>();

/** What an agent writes in a conversation. */
export function composerOf(agent: string, conversation: string): Composer {
  const name = `parlance.inbox.draft.${agent}.${conversation}`;
  const known = all.get(name) ?? new Composer(name, browserStorage());
  all.set(name, known);
  return known;
}

export const useWriting = (composer: Composer) => useSyncExternalStore(composer.watch, composer.state);
