/** What the phone reads, under which key, and what becomes stale by an entry of the live stream. */
import { infiniteQueryOptions, queryOptions, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { answer, api, type Schemas } from '../../shared/api/client';

/** An entry of the emulator's log of events. */
export type LiveEvent = Schemas['EventView'];

/** Messages in a page of a thread. */
export const PAGE = 40;

export const people = () =>
  queryOptions({
    queryKey: ['people'],
    queryFn: () => answer(api.GET('/_parlance/people', { params: { query: { limit: 500 } } })),
  });

export const accounts = () =>
  queryOptions({ queryKey: ['accounts'], queryFn: () => answer(api.GET('/_parlance/accounts')) });

export const contacts = (username: string) =>
  queryOptions({
    queryKey: ['contacts', username],
    queryFn: () => answer(api.GET('/_parlance/people/{username}/accounts', { params: { path: { username } } })),
  });

export const thread = (username: string, account: string) =>
  infiniteQueryOptions({
    queryKey: ['thread', username, account],
    queryFn: ({ pageParam }) => {
      const query = { with: account, limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) };
      return answer(api.GET('/_parlance/people/{username}/messages', { params: { path: { username }, query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.older ? (page.data.at(-1)?.id ?? null) : null),
  });

export const choices = (username: string, account: string) =>
  queryOptions({
    queryKey: ['choices', username, account],
    queryFn: () => {
      const params = { path: { username }, query: { with: account } };
      return answer(api.GET('/_parlance/people/{username}/choices', { params }));
    },
  });

export const clock = () =>
  queryOptions({
    queryKey: ['clock'],
    queryFn: async () => {
      const { now } = await answer(api.GET('/_parlance/clock'));
      return Date.parse(now) - Date.now();
    },
    refetchInterval: 10_000,
  });

/** The webhooks that tell of a message, oldest first, each with its request. */
export const webhooks = (message: string) =>
  queryOptions({
    queryKey: ['webhooks', message],
    queryFn: async () => {
      const { data } = await answer(api.GET('/_parlance/deliveries', { params: { query: { message, limit: 20 } } }));
      const one = (id: string) => answer(api.GET('/_parlance/deliveries/{id}', { params: { path: { id } } }));
      return Promise.all(data.map(({ id }) => one(id)).reverse());
    },
  });

/** What an entry of the stream makes stale. */
export function staleBy(event: Pick<LiveEvent, 'username'>): QueryKey[] {
  const whose = event.username ? [event.username] : [];
  return [['thread', ...whose], ['contacts', ...whose], ['choices', ...whose], ['webhooks'], ['people']];
}

export function refresh(client: QueryClient, keys: readonly QueryKey[]) {
  return Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}
