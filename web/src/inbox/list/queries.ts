/** Lists of conversations and figures, as they are read and kept. */
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { Presence } from '../app/presence';
import { answer, api, type Schemas } from '../data/api';
import { belongs, predict, type Change, type Conversation } from '../data/conversation';
import type { Scope } from '../data/scope';
import { merge, patch, type Pages } from './patch';

/** Conversations of the first page, which is to be there at once, and of those behind it. */
const FIRST = 50;
const PAGE = 100;

const ROOT = 'conversations';

/** A list, page by page; who is there is told as each page comes. */
export const conversations = (scope: Scope, presence: Pick<Presence, 'tell'>) =>
  infiniteQueryOptions({
    queryKey: [ROOT, scope] as const,
    queryFn: async ({ pageParam }) => {
      const query = {
        ...scope,
        limit: pageParam === null ? FIRST : PAGE,
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      const page = await answer(api.GET('/inbox/api/conversations', { params: { query } }));
      for (const one of page.items) presence.tell(one.id, one.presence);
      return page;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    structuralSharing: (old, fresh) => merge(old as Pages | undefined, fresh as Pages),
  });

/** Those of a few conversations that a list shows. */
export const named = (scope: Scope, ids: readonly string[]) =>
  answer(api.GET('/inbox/api/conversations', { params: { query: { ...scope, ids: ids.join(',') } } }));

/** How often figures are read without news: what ends soon ends by itself. In milliseconds. */
const COUNT_EVERY = 60_000;

export const counts = () =>
  queryOptions({
    queryKey: ['counts'],
    queryFn: () => answer(api.GET('/inbox/api/counts')),
    refetchInterval: COUNT_EVERY,
  });

export const hits = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => answer(api.GET('/inbox/api/search', { params: { query: { q, limit: 50 } }, signal })),
    staleTime: 0,
    gcTime: 60_000,
  });

/** The lists that are kept, with what they show. */
export function keptLists(client: QueryClient, type: 'all' | 'active' = 'all') {
  const queries = client.getQueryCache().findAll({ queryKey: [ROOT], type });
  return queries.map((query) => ({
    scope: query.queryKey[1] as Scope,
    key: query.queryKey,
    /** Waits for what is being read of it. */
    settled: async () => {
      if (query.state.fetchStatus === 'fetching') await query.promise?.catch(() => undefined);
    },
  }));
}

/** Puts conversations into everything that is kept of them. */
export function put(client: QueryClient, all: readonly Conversation[], me: string, now: number) {
  for (const { scope, key } of keptLists(client)) {
    client.setQueryData<Pages>(key, (data) => {
      if (!data) return data;
      const listed = new Set(data.pages.flatMap(({ items }) => items.map((item) => item.id)));
      const shown = all.filter((one) => belongs(one, scope, { me, now, listed: listed.has(one.id) }));
      return patch(
        data,
        scope.view,
        all.map((one) => one.id),
        shown,
      );
    });
  }
  for (const one of all) putThread(client, one);
  const byId = new Map(all.map((one) => [one.id, one]));
  client.setQueriesData<Schemas['Hit'][]>({ queryKey: ['search'] }, (found) =>
    found?.map((hit) => ({ ...hit, conversation: byId.get(hit.conversation.id) ?? hit.conversation })),
  );
}

type Threads = { pages: Schemas['Thread'][]; pageParams: unknown[] };

function putThread(client: QueryClient, one: Conversation) {
  client.setQueryData<Threads>(['thread', one.id], (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => (page.conversation.seq > one.seq ? page : { ...page, conversation: one }));
    return { ...data, pages };
  });
}

/** A conversation as it is kept, wherever it is. */
export function find(client: QueryClient, id: string): Conversation | null {
  const thread = client.getQueryData<Threads>(['thread', id]);
  if (thread?.pages[0]) return thread.pages[0].conversation;
  for (const { key } of keptLists(client)) {
    for (const { items } of client.getQueryData<Pages>(key)?.pages ?? []) {
      const found = items.find((item) => item.id === id);
      if (found) return found;
    }
  }
  const found = client.getQueriesData<Schemas['Hit'][]>({ queryKey: ['search'] });
  return found.flatMap(([, all]) => all ?? []).find((hit) => hit.conversation.id === id)?.conversation ?? null;
}

/** Shows a change before the desk has answered. */
export const foresee = (all: readonly Conversation[], change: Change) => all.map((one) => predict(one, change));
