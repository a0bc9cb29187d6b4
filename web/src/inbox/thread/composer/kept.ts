/**
 * What was sent and has not arrived, kept in the browser: a tab that is closed meanwhile leaves it to the next one. A tab that
 * still lives may send the same thing too; since it bears the same name, it is sent once.
 */
import type { Sent } from './sends';
import type { Storage } from './writing';

/** Storage whose names can be listed. */
export type Listed = Storage & Pick<globalThis.Storage, 'key' | 'length'>;

type Unsent = Omit<Sent, 'state' | 'offline'>;

const prefix = (agent: string) => `parlance.inbox.sends.${agent}.`;

/** Keeps what a tab has to send, in place of what it had before. */
export function keep(storage: Storage | null, agent: string, tab: string, waiting: readonly Sent[]) {
  const name = prefix(agent) + tab;
  try {
    if (waiting.length === 0) storage?.removeItem(name);
    else storage?.setItem(name, JSON.stringify(waiting));
  } catch {
    // A browser that keeps nothing has it for as long as the page is open.
  }
}

/** Takes over what tabs have left, oldest first. */
export function adopt(storage: Listed | null, agent: string): Unsent[] {
  if (!storage) return [];
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  const left = names.filter((name) => name.startsWith(prefix(agent))).flatMap((name) => taken(storage, name));
  const once = new Map(left.map((sent) => [sent.key, sent]));
  return [...once.values()].sort((a, b) => a.time - b.time);
}

function taken(storage: Storage, name: string): Unsent[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(name) ?? '[]');
    storage.removeItem(name);
    return Array.isArray(kept) ? kept.filter(isUnsent).map(withoutPictures) : [];
  } catch {
    return [];
  }
}

function isUnsent(value: unknown): value is Unsent {
  const sent = value as Partial<Unsent> | null;
  return typeof sent?.key === 'string' && typeof sent.conversation === 'string' && typeof sent.body === 'object';
}

/** Pictures of files are another tab's. */
const withoutPictures = ({ key, conversation, body, lastSeen, after, time, files }: Unsent): Unsent => ({
  key,
  conversation,
  body,
  lastSeen: lastSeen ?? null,
  after: after ?? 0,
  time: time ?? 0,
  files: (files ?? []).map((file) => ({ ...file, preview: null })),
});
