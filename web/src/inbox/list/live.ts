/** Keeps lists as the desk would answer them now: of what is news, the lists that are shown ask for just those conversations. */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useDesk } from '../app/Desk';
import type { Presence } from '../app/presence';
import { Refused } from '../data/api';
import type { Batch } from '../data/news';
import type { Scope } from '../data/scope';
import { patch, type Pages } from './patch';
import { keptLists, named } from './queries';

/** Conversations that are asked for at once. */
const AT_ONCE = 50;
/** How long to wait after a question that was not answered, in milliseconds. */
const PAUSE = 1_000;

export interface Means {
  ask: (scope: Scope, ids: readonly string[]) => Promise<Pages['pages'][number]>;
  pause: (ms: number) => Promise<void>;
}

const browser: Means = { ask: named, pause: (ms) => new Promise((done) => setTimeout(done, ms)) };

/** Reads conversations anew, one question after another, so that an older answer never comes behind a newer one. */
export class Rereader {
  #waiting = new Set<string>();
  #running = false;
  #stopped = false;

  constructor(
    private readonly client: QueryClient,
    private readonly presence: Pick<Presence, 'tell'>,
    private readonly means: Means = browser,
  ) {}

  /** Something is new in these. Lists that nobody looks at are forgotten: they are read when somebody does. */
  hear(ids: Iterable<string>) {
    for (const id of ids) this.#waiting.add(id);
    if (this.#waiting.size === 0) return;
    this.client.removeQueries({ queryKey: ['conversations'], type: 'inactive' });
    if (!this.#running) void this.#run();
  }

  stop() {
    this.#stopped = true;
  }

  async #run() {
    this.#running = true;
    while (this.#waiting.size > 0 && !this.#stopped) {
      const ids = [...this.#waiting].slice(0, AT_ONCE);
      for (const id of ids) this.#waiting.delete(id);
      const done = await this.#read(ids);
      if (done) continue;
      for (const id of ids) this.#waiting.add(id);
      await this.means.pause(PAUSE);
    }
    this.#running = false;
  }

  /** Puts what the lists show of these where it belongs; false when no answer came. */
  async #read(ids: readonly string[]): Promise<boolean> {
    try {
      for (const { scope, key, settled } of keptLists(this.client, 'active')) {
        // A page that is on its way may have been read before the news.
        await settled();
        const { items } = await this.means.ask(scope, ids);
        this.client.setQueryData<Pages>(key, (data) => data && patch(data, scope.view, ids, items));
        for (const { id, presence } of items) this.presence.tell(id, presence);
      }
      return true;
    } catch (error) {
      // What is refused once is refused again: a label that is gone, a log-in that ended.
      return error instanceof Refused && error.status < 500;
    }
  }
}

/** Whether news of a kind can change a row of a list, or where it stands. */
const shows = (kinds: ReadonlySet<string>) => [...kinds].some((kind) => kind !== 'seen');

/** The conversations of a batch that lists must read anew. */
export const staleRows = ({ conversations }: Batch): string[] =>
  [...conversations].flatMap(([id, kinds]) => (shows(kinds) ? [id] : []));

/** Keeps the lists for as long as the caller stands on the page. */
export function useLiveLists() {
  const client = useQueryClient();
  const { news, presence } = useDesk();
  useEffect(() => {
    const rereader = new Rereader(client, presence);
    const end = news.listen((batch) => rereader.hear(staleRows(batch)));
    return () => {
      end();
      rereader.stop();
    };
  }, [client, news, presence]);
}
