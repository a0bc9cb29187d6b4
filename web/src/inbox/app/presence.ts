/** Who is at which conversation, as the stream whispers it: nothing that is kept, and nothing that is asked for again. */
import { useCallback, useSyncExternalStore } from 'react';
import type { Schemas } from '../data/api';

export type Present = Schemas['Presence'];

const NOBODY: readonly Present[] = [];

export class Presence {
  #there = new Map<string, readonly Present[]>();
  #watchers = new Set<() => void>();

  /** Takes what was told of a conversation, in place of what was known. */
  tell(conversation: string, there: readonly Present[]) {
    const known = this.#there.get(conversation) ?? NOBODY;
    if (JSON.stringify(known) === JSON.stringify(there)) return;
    if (there.length === 0) this.#there.delete(conversation);
    else this.#there.set(conversation, there);
    this.#watchers.forEach((watcher) => watcher());
  }

  at = (conversation: string) => this.#there.get(conversation) ?? NOBODY;

  watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };
}

/** Who is at a conversation now. */
export function usePresent(presence: Presence, conversation: string): readonly Present[] {
  return useSyncExternalStore(
    presence.watch,
    useCallback(() => presence.at(conversation), [presence, conversation]),
  );
}
