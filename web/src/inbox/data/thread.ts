/**
 * A thread that is kept up to date without being read anew: its newest page is asked for, and single messages of older pages
 * that something happened to. However far somebody has scrolled up, news costs one small call.
 */
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from './api';
import { PAGE } from './queries';

type Page = Schemas['Thread'];
export type Pages = InfiniteData<Page, string | null>;

const keyOf = (id: string) => ['thread', id];

type Placed = Pick<Schemas['Message'], 'sent_time' | 'seq'>;

/** The order of a thread: by time, then by arrival. */
export const inOrder = (a: Placed, b: Placed) => a.sent_time - b.sent_time || a.seq - b.seq;

/** What is known, with the newest page read anew. Where it does not reach back to what is known, only itself is kept. */
export function withNewest({ pages, pageParams }: Pages, newest: Page): Pages {
  const [head, ...rest] = pages;
  const fresh = new Set(newest.messages.map((message) => message.mid));
  const meets = !newest.older || head?.messages.some((message) => fresh.has(message.mid));
  if (!head || !meets) return { pages: [newest], pageParams: [null] };
  const oldest = newest.messages[0];
  const kept = oldest
    ? head.messages.filter((message) => !fresh.has(message.mid) && inOrder(message, oldest) < 0)
    : head.messages;
  if (kept.length === 0) return { pages: [newest, ...rest], pageParams };
  const of = new Set(kept.map((message) => message.mid));
  const reactions = [...head.reactions.filter(({ mid }) => of.has(mid)), ...newest.reactions];
  const first = { ...newest, messages: [...kept, ...newest.messages], older: head.older ?? null, reactions };
  return { pages: [first, ...rest], pageParams };
}

/** What is known, with one message as a page of its own tells it. */
export function withOne({ pages, pageParams }: Pages, mid: string, told: Page): Pages {
  const message = told.messages.find((one) => one.mid === mid);
  if (!message) return { pages, pageParams };
  const put = (page: Page): Page => {
    if (!page.messages.some((one) => one.mid === mid)) return page;
    return {
      ...page,
      messages: page.messages.map((one) => (one.mid === mid ? message : one)),
      reactions: [
        ...page.reactions.filter((one) => one.mid !== mid),
        ...told.reactions.filter((one) => one.mid === mid),
      ],
    };
  };
  return { pages: pages.map(put), pageParams };
}

/** The message behind another, oldest first over all pages; null for the last, undefined for one that is not there. */
export function behind({ pages }: Pages, mid: string): string | null | undefined {
  const all = [...pages].reverse().flatMap((page) => page.messages);
  const at = all.findIndex((message) => message.mid === mid);
  return at < 0 ? undefined : (all[at + 1]?.mid ?? null);
}

/** Reads a page of a thread, from its end or in front of a message. */
export type Read = (id: string, limit: number, before?: string) => Promise<Page>;

const ask: Read = (id, limit, before) => {
  const query = { limit, ...(before === undefined ? {} : { before }) };
  return answer(api.GET('/inbox/api/conversations/{id}', { params: { path: { id }, query } }));
};

/** Threads that are being read, with what is to be read again afterwards. */
const running = new Map<string, Set<string> | null>();

/** Brings a thread up to date: what is newest in it, and these messages. */
export async function refreshThread(
  client: QueryClient,
  id: string,
  mids: ReadonlySet<string> = new Set(),
  read: Read = ask,
): Promise<void> {
  const queryKey = keyOf(id);
  const query = client.getQueryCache().find<Pages>({ queryKey });
  if (!query) return;
  if (!query.state.data || query.getObserversCount() === 0) {
    // Whoever opens it reads its newest page anew, and not all that was once scrolled through.
    client.setQueryData<Pages>(queryKey, (known) => known && firstOf(known));
    await client.invalidateQueries({ queryKey });
    return;
  }
  if (running.has(id)) {
    running.set(id, new Set([...(running.get(id) ?? []), ...mids]));
    return;
  }
  running.set(id, null);
  try {
    await bring(client, id, mids, read);
  } catch {
    // Not reached: the stream tells again what was missed, and the thread is read when it is looked at.
    void client.invalidateQueries({ queryKey, refetchType: 'none' });
  } finally {
    const again = running.get(id);
    running.delete(id);
    if (again) await refreshThread(client, id, again, read);
  }
}

const firstOf = ({ pages, pageParams }: Pages): Pages => ({
  pages: pages.slice(0, 1),
  pageParams: pageParams.slice(0, 1),
});

async function bring(client: QueryClient, id: string, mids: ReadonlySet<string>, read: Read) {
  const queryKey = keyOf(id);
  const change = (to: (known: Pages) => Pages) => client.setQueryData<Pages>(queryKey, (known) => known && to(known));
  const newest = await read(id, PAGE);
  change((known) => withNewest(known, newest));
  const told = new Set(newest.messages.map((message) => message.mid));
  for (const mid of mids) {
    const known = client.getQueryData<Pages>(queryKey);
    if (!known || told.has(mid)) continue;
    const next = behind(known, mid);
    if (next === undefined && known.pages.length > 1) {
      // Something old that came late lies somewhere between what is shown.
      await client.invalidateQueries({ queryKey });
      return;
    }
    if (next) {
      const one = await read(id, 1, next);
      change((now) => withOne(now, mid, one));
    }
  }
}
