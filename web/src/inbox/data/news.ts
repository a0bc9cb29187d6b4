/**
 * What the live stream tells, gathered for a moment and handed out by conversation: those who show something read it anew,
 * once, however many events told of it.
 */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Schemas } from './api';
import { refreshThread } from './thread';

export type Event = Schemas['Event'];

/** What is new since the last batch. */
export interface Batch {
  /** Kinds of what is new in general. */
  kinds: ReadonlySet<string>;
  /** Conversations in which something is new, with the kinds of it. */
  conversations: ReadonlyMap<string, ReadonlySet<string>>;
  /** Which messages of these conversations are new or changed, by their ids. */
  messages: ReadonlyMap<string, ReadonlySet<string>>;
}

/** How long events are gathered, in milliseconds: not to be felt, and enough for a burst. */
const GATHER = 30;

/** Kinds whose subject is a message. */
const OF_MESSAGES = new Set(['message', 'reaction']);

/** What becomes stale by the kinds that belong to no conversation. */
const STALE: Record<string, QueryKey[]> = {
  agent: [['agents'], ['session']],
  workspace: [['session']],
  labels: [['labels']],
  teams: [['teams']],
  views: [['views']],
  canned_replies: [['canned_replies']],
  connection: [['connections']],
  account: [['connections']],
  import: [['connections']],
  comment: [['comments']],
};

export class News {
  #kinds = new Set<string>();
  #conversations = new Map<string, Set<string>>();
  #messages = new Map<string, Set<string>>();
  #waiting = false;
  #listeners = new Set<(batch: Batch) => void>();

  constructor(private readonly later: (run: () => void, ms: number) => void = (run, ms) => void setTimeout(run, ms)) {}

  /** Is told of each batch until the answer is called. */
  listen(listener: (batch: Batch) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  add({ kind, conversation, subject }: Pick<Event, 'kind' | 'conversation' | 'subject'>) {
    if (conversation) {
      const put = (all: Map<string, Set<string>>, value: string) =>
        all.set(conversation, (all.get(conversation) ?? new Set()).add(value));
      put(this.#conversations, kind);
      if (subject && OF_MESSAGES.has(kind)) put(this.#messages, subject);
    }
    this.#kinds.add(kind);
    if (this.#waiting) return;
    this.#waiting = true;
    this.later(() => this.#tell(), GATHER);
  }

  #tell() {
    const batch = { kinds: this.#kinds, conversations: this.#conversations, messages: this.#messages };
    this.#kinds = new Set();
    this.#conversations = new Map();
    this.#messages = new Map();
    this.#waiting = false;
    this.#listeners.forEach((listener) => listener(batch));
  }
}

/** The keys that a batch makes stale; lists of conversations are patched by `list`, threads by `refreshThread`. */
export function staleBy({ kinds, conversations }: Batch): QueryKey[] {
  const general = [...kinds].flatMap((kind) => STALE[kind] ?? []);
  return [...general, ...(conversations.size ? [['counts']] : [])];
}

export function refresh(client: QueryClient, batch: Batch) {
  for (const queryKey of staleBy(batch)) void client.invalidateQueries({ queryKey });
  for (const id of batch.conversations.keys()) void refreshThread(client, id, batch.messages.get(id));
}
