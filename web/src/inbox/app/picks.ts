/** Which list of choices is open, for which conversations, and beside what. One at a time. */
import { useSyncExternalStore } from 'react';
import type { Conversation } from '../data/conversation';

export const PICKS = ['assign', 'label', 'snooze', 'priority'] as const;
export type Pick = (typeof PICKS)[number];

export interface Open {
  pick: Pick;
  conversations: readonly Conversation[];
  /** What it stands beside, and what has the focus again afterwards. */
  anchor: Element;
}

let open: Open | null = null;
const watchers = new Set<() => void>();

function become(next: Open | null) {
  open = next;
  watchers.forEach((watcher) => watcher());
}

/** Opens the choices for some conversations beside an element. */
export function pick(what: Pick, conversations: readonly Conversation[], anchor: Element) {
  if (conversations.length > 0) become({ pick: what, conversations, anchor });
}

export const closePick = () => become(null);

export const useOpenPick = () =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    () => open,
  );
