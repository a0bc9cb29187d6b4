/** What the inbox reads, under which key. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from './api';

/** Messages in a page of a thread. */
export const PAGE = 50;

export const session = () =>
  queryOptions({ queryKey: ['session'], queryFn: () => answer(api.GET('/inbox/api/session')), retry: false });

export const agents = () => queryOptions({ queryKey: ['agents'], queryFn: () => answer(api.GET('/inbox/api/agents')) });

export const teams = () => queryOptions({ queryKey: ['teams'], queryFn: () => answer(api.GET('/inbox/api/teams')) });

export const labels = () => queryOptions({ queryKey: ['labels'], queryFn: () => answer(api.GET('/inbox/api/labels')) });

export const views = () => queryOptions({ queryKey: ['views'], queryFn: () => answer(api.GET('/inbox/api/views')) });

export const cannedReplies = () =>
  queryOptions({ queryKey: ['canned_replies'], queryFn: () => answer(api.GET('/inbox/api/canned_replies')) });

export const connections = () =>
  queryOptions({ queryKey: ['connections'], queryFn: () => answer(api.GET('/inbox/api/connections')) });

/** A thread, its newest page first; the conversation itself, its notes and who is there come with each page. */
export const thread = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['thread', id],
    queryFn: ({ pageParam }) => {
      const query = { limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) };
      return answer(api.GET('/inbox/api/conversations/{id}', { params: { path: { id }, query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.older ?? null,
  });
