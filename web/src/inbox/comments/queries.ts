/** Comments, and what is done about them. */
import {
  infiniteQueryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { answer, api, type Schemas } from '../data/api';
import { refreshThread } from '../data/thread';
import { answering, type Comment } from './standing';

/** Comments of a page. */
const PAGE = 50;

/** Comments of everybody, newest first. */
export const comments = () =>
  infiniteQueryOptions({
    queryKey: ['comments'],
    queryFn: ({ pageParam }) => {
      const query = { limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) };
      return answer(api.GET('/inbox/api/comments', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
  });

/** Puts a comment in the place of what was known of it, on every screen that shows it. */
function put(client: QueryClient, comment: Comment) {
  const swap = (all: readonly Comment[]) => all.map((one) => (one.id === comment.id ? comment : one));
  client.setQueryData(comments().queryKey, (known) => {
    return known && { ...known, pages: known.pages.map((page) => ({ ...page, items: swap(page.items) })) };
  });
  client.setQueriesData<InfiniteData<Schemas['Thread'], string | null>>({ queryKey: ['thread'] }, (known) => {
    return known && { ...known, pages: known.pages.map((page) => ({ ...page, comments: swap(page.comments) })) };
  });
}

/** Conversations that began with a private reply from here: until the platform has told of the person, no search finds them. */
const begun = new Map<string, string>();
const personOf = ({ connection, customer }: Comment) => `${connection} ${customer}`;

/** Answers a comment privately. */
export function usePrivateReply(comment: Comment) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['PrivateReply']) =>
      answer(api.POST('/inbox/api/comments/{id}/private_reply', { params: { path: { id: comment.id } }, body })),
    onSuccess: (entry) => {
      begun.set(personOf(comment), entry.conversation);
      put(client, answering(comment, entry.id));
      void refreshThread(client, entry.conversation);
    },
  });
}

/** Sends a private reply again that failed, or gives it up, so that another can be written. */
export function useFailedReply(comment: Comment) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ outbox, again }: { outbox: string; again: boolean }) => {
      const params = { path: { id: outbox } };
      if (again) await answer(api.POST('/inbox/api/outbox/{id}/retry', { params }));
      else await answer(api.DELETE('/inbox/api/outbox/{id}', { params }));
    },
    onSuccess: (_done, { outbox, again }) =>
      put(client, again ? answering(comment, outbox) : { ...comment, outbox: null, reply: null }),
    onSettled: () => client.invalidateQueries({ queryKey: comments().queryKey }),
  });
}

/** The conversation with who wrote a comment, as far as there is one. */
export async function conversationOf(comment: Comment): Promise<string | null> {
  const { username, customer, connection } = comment;
  const known = begun.get(personOf(comment));
  if (known) return known;
  if (!username) return null;
  const hits = await answer(api.GET('/inbox/api/search', { params: { query: { q: username, limit: 100 } } }));
  const found = hits.find(
    (hit) => hit.conversation.customer === customer && hit.conversation.connection === connection,
  );
  return found?.conversation.id ?? null;
}
