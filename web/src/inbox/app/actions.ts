/**
 * Everything that can be done, as rows: parts of the page say what they offer while they stand there; the keyboard, the palette
 * and the list of keys read the same rows.
 */
import { useEffect, useId, useSyncExternalStore } from 'react';
import type { LucideIcon } from 'lucide-react';

export interface Action {
  /** Its own name, the same wherever it is offered: `conversation.resolve`. */
  id: string;
  /** What it does, in words. */
  label: string;
  /** Under which headline it stands. */
  group: 'go' | 'list' | 'conversation' | 'composer' | 'view' | 'settings';
  icon?: LucideIcon;
  /** Keys: one (`e`, `?`), two after one another (`g m`), or with the command key (`mod+k`). */
  keys?: string;
  run: () => void;
}

/** Rows that are offered now. Of two with one id, the one that came later counts. */
export class Actions {
  #offers = new Map<string, readonly Action[]>();
  #all: readonly Action[] = [];
  #watchers = new Set<() => void>();
  #ever = new Map<string, Action>();

  offer(by: string, actions: readonly Action[]) {
    this.#offers.delete(by);
    if (actions.length > 0) this.#offers.set(by, actions);
    this.#all = [...new Map([...this.#offers.values()].flat().map((action) => [action.id, action])).values()];
    for (const action of actions) this.#ever.set(action.id, action);
    this.#watchers.forEach((watcher) => watcher());
  }

  all = () => this.#all;

  /** All that were offered since the page was opened: to be told of, not to be run. */
  ever = (): readonly Omit<Action, 'run'>[] => [...this.#ever.values()];

  watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };
}

export const actions = new Actions();

/** Offers actions while the caller stands on the page. Memoise the rows: each new array is a new offer. */
export function useActions(rows: readonly Action[]) {
  const by = useId();
  useEffect(() => {
    actions.offer(by, rows);
    return () => actions.offer(by, []);
  }, [by, rows]);
}

export const useAllActions = () => useSyncExternalStore(actions.watch, actions.all);
