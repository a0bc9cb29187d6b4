import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MessageCircleMore, MessagesSquare } from 'lucide-react';
import { useEffect } from 'react';
import { reason } from '../../shared/api/client';
import { Button } from '../../shared/ui/Button';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { useGo } from '../app/go';
import { connections } from '../data/queries';
import { CommentPlace, CommentText } from './CommentText';
import { PrivateReply } from './PrivateReply';
import { comments, conversationOf } from './queries';
import type { Comment } from './standing';

/** Comments on the accounts' posts, those of people without a conversation included. */
export function Comments() {
  const query = useInfiniteQuery(comments());
  const items: readonly Comment[] | undefined = query.data?.pages.flatMap((page) => page.items);
  useReplies(items);
  return (
    <section
      aria-label={t('inbox.comments')}
      tabIndex={0}
      className="min-h-0 min-w-0 flex-1 overflow-y-auto bg-surface"
    >
      <div className="mx-auto flex w-full max-w-sheet flex-col gap-4 p-4 desk:p-6">
        <header className="flex flex-col gap-1">
          <h1 className="text-page font-semibold">{t('inbox.comments')}</h1>
          <p className="text-dense text-muted">{t('comment.lead')}</p>
        </header>
        {items ? (
          items.length === 0 ? (
            <EmptyState icon={MessageCircleMore} title={t('comment.none')}>
              {t('comment.noneWhy')}
            </EmptyState>
          ) : (
            <ul aria-label={t('inbox.comments')} className="flex flex-col gap-2">
              {items.map((comment) => (
                <Card key={comment.id} comment={comment} />
              ))}
            </ul>
          )
        ) : query.error ? (
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        ) : (
          <Shapes />
        )}
        {query.hasNextPage && (
          <div className="flex items-center gap-3">
            <Button isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
              {t('comment.older')}
            </Button>
            {query.isFetchNextPageError && (
              <span role="alert" className="text-dense text-danger">
                {reason(query.error)}
              </span>
            )}
          </div>
        )}
      </div>
    </section>
  );
}

/** Reads comments anew when a reply of theirs may have gone out: word of that names only the conversation. */
function useReplies(items: readonly Comment[] | undefined) {
  const { news } = useDesk();
  const client = useQueryClient();
  const isWaiting = items?.some((comment) => comment.reply === 'queued' || comment.reply === 'sending') ?? false;
  useEffect(() => {
    if (!isWaiting) return;
    return news.listen(({ kinds }) => {
      if (kinds.has('outbox') || kinds.has('message')) {
        void client.invalidateQueries({ queryKey: comments().queryKey });
      }
    });
  }, [news, client, isWaiting]);
}

function Card({ comment }: { comment: Comment }) {
  const { data } = useQuery(connections());
  const account = data && data.length > 1 ? data.find((one) => one.id === comment.connection)?.username : undefined;
  return (
    <li data-comment={comment.id} className="flex flex-col gap-2 rounded-card border border-line bg-raised p-3">
      <div className="flex flex-wrap items-center gap-x-2">
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
          <span className="font-medium" dir="auto">
            {comment.username ? `@${comment.username}` : t('comment.somebody')}
          </span>
          {account && <span className="text-meta text-muted">{t('comment.to', { name: account })}</span>}
          <CommentPlace comment={comment} />
        </span>
        {comment.customer && comment.username && <ToConversation key={comment.outbox} comment={comment} />}
      </div>
      <CommentText comment={comment} />
      <PrivateReply comment={comment} />
    </li>
  );
}

/** The way to the conversation with who wrote it. */
function ToConversation({ comment }: { comment: Comment }) {
  const go = useGo();
  const look = useMutation({
    mutationFn: () => conversationOf(comment),
    onSuccess: (id) => {
      if (id) go.open('all', id);
    },
  });
  if (look.data === null) {
    return (
      <span role="status" className="text-dense text-muted">
        {t('comment.noConversation')}
      </span>
    );
  }
  return (
    <>
      <Button look="quiet" icon={MessagesSquare} isPending={look.isPending} onPress={() => look.mutate()}>
        {t('comment.conversation')}
      </Button>
      {look.error && (
        <span role="alert" className="text-dense text-danger">
          {reason(look.error)}
        </span>
      )}
    </>
  );
}

function Shapes() {
  return (
    <Loading className="flex flex-col gap-2">
      {[1, 2, 3, 4].map((row) => (
        <span key={row} className="flex flex-col gap-2 rounded-card border border-line p-3">
          <Skeleton className="h-4 w-1/4" />
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-1/3" />
        </span>
      ))}
    </Loading>
  );
}
