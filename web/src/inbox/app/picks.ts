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
/** What was typed before the list of choices was there to take it. */
let typed = '';

/** Keeps keys for the list of choices that is on its way, so that they do nothing else meanwhile. */
function keep(event: KeyboardEvent) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === 'Escape') closePick();
  else if ([...event.key].length === 1) typed += event.key;
}

/** The list of choices is there: gives what was typed until now. */
export function arrive(): string {
  globalThis.document?.removeEventListener('keydown', keep, true);
  return typed;
}
const watchers = new Set<() => void>();

function become(next: Open | null) {
  open = next;
  watchers.forEach((watcher) => watcher());
}

/** Opens the choices for some conversations beside an element. */
export function pick(what: Pick, conversations: readonly Conversation[], anchor: Element) {
  if (conversations.length === 0) return;
  typed = '';
  document.addEventListener('keydown', keep, true);
  become({ pick: what, conversations, anchor });
}

export function closePick() {
  arrive();
  become(null);
}

export const useOpenPick = () =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    () => open,
  );
