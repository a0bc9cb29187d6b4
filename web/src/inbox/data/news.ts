/**
 * What the live stream tells, gathered for a moment and handed out by conversation: those who show something read it anew,
 * once, however many events told of it.
 */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Schemas } from './api';

export type Event = Schemas['Event'];

/** What is new since the last batch. */
export interface Batch {
  /** Kinds of what is new in general. */
  kinds: ReadonlySet<string>;
  /** Conversations in which something is new, with the kinds of it. */
  conversations: ReadonlyMap<string, ReadonlySet<string>>;
}

/** How long events are gathered, in milliseconds: not to be felt, and enough for a burst. */
const GATHER = 30;

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
  #waiting = false;
  #listeners = new Set<(batch: Batch) => void>();

  constructor(private readonly later: (run: () => void, ms: number) => void = (run, ms) => void setTimeout(run, ms)) {}

  /** Is told of each batch until the answer is called. */
  listen(listener: (batch: Batch) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  add(event: Pick<Event, 'kind' | 'conversation'>) {
    if (event.conversation) {
      const kinds = this.#conversations.get(event.conversation) ?? new Set();
      this.#conversations.set(event.conversation, kinds.add(event.kind));
    }
    this.#kinds.add(event.kind);
    if (this.#waiting) return;
    this.#waiting = true;
    this.later(() => this.#tell(), GATHER);
  }

  #tell() {
    const batch = { kinds: this.#kinds, conversations: this.#conversations };
    this.#kinds = new Set();
    this.#conversations = new Map();
    this.#waiting = false;
    this.#listeners.forEach((listener) => listener(batch));
  }
}

/** The keys that a batch makes stale, threads included; lists of conversations are patched by `list`. */
export function staleBy({ kinds, conversations }: Batch): QueryKey[] {
  const general = [...kinds].flatMap((kind) => STALE[kind] ?? []);
  return [
    ...general,
    ...[...conversations.keys()].map((id) => ['thread', id]),
    ...(conversations.size ? [['counts']] : []),
  ];
}

export function refresh(client: QueryClient, batch: Batch) {
  for (const queryKey of staleBy(batch)) void client.invalidateQueries({ queryKey });
}
