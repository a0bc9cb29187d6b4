/** What every row of a thread may need to know or do. It stays the same object for as long as it says the same. */
import { createContext, useContext } from 'react';
import type { Schemas } from '../data/api';

export interface ThreadDesk {
  /** The conversation. */
  id: string;
  /** Who looks. */
  me: string;
  /** The person's name. */
  person: string;
  /** Names of agents and teams by their ids. */
  names: ReadonlyMap<string, string>;
  /** Whether the caller may write here at all. */
  mayWrite: boolean;
  /** Whether reactions can be sent now: only while the window is open. */
  mayReact: boolean;
  /** Shows a message, however far up it is. */
  jump: (mid: string) => void;
  /** Begins an answer to a message. */
  reply: (mid: string) => void;
  /** Reacts, or takes the reaction back. */
  react: (mid: string, emoji: string | null) => void;
  /** Tries what failed again. */
  retry: (entry: Schemas['Outbox']) => void;
  /** Gives up what failed. */
  discard: (entry: Schemas['Outbox']) => void;
  /** Puts the words of what failed back into the field. */
  rewrite: (entry: Schemas['Outbox']) => void;
}

export const ThreadContext = createContext<ThreadDesk | null>(null);

export function useThreadDesk(): ThreadDesk {
  const desk = useContext(ThreadContext);
  if (!desk) throw new Error('no thread is open');
  return desk;
}
