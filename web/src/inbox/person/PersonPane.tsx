import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { IconButton } from '../../shared/ui/Button';
import { ErrorState, Loading, Skeleton } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { usePersonPane } from '../app/usePerson';
import { agents, teams, thread } from '../data/queries';
import { refreshThread } from '../data/thread';
import { Fields } from './Fields';
import { Labels } from './Labels';
import { Notes } from './Notes';
import { Previous } from './Previous';
import { Who } from './Who';

/** Few have written under a post. */
const CommentsOf = lazy(async () => ({ default: (await import('./CommentsOf')).CommentsOf }));

/** Who writes, and what is known of them. */
export function PersonPane({ id }: { id: string }) {
  const query = useInfiniteQuery(thread(id));
  const names = useNames();
  useNewComments(id);
  const first = query.data?.pages[0];
  const older = query.hasNextPage ? () => query.fetchNextPage() : null;
  return (
    <section
      aria-label={t('person.label')}
      className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto bg-surface"
      tabIndex={0}
    >
      <Bar />
      {first && query.data ? (
        <div className="flex flex-col gap-6 px-4 pb-6">
          <Who conversation={first.conversation} />
          <Labels conversation={first.conversation} />
          <Fields id={id} fields={first.fields} />
          <Notes notes={first.notes} names={names} older={older} />
          <Previous pages={query.data.pages} names={names} />
          {first.comments.length > 0 && (
            <Suspense fallback={<Skeleton className="h-12 w-full" />}>
              <CommentsOf comments={first.comments} />
            </Suspense>
          )}
        </div>
      ) : query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Shapes />
      )}
    </section>
  );
}

/** What stands above: the way back where the pane lies over the thread, and how it is put away beside it. */
function Bar() {
  const { wide, toggle } = usePersonPane();
  return (
    <div className="sticky top-0 z-10 flex h-bar shrink-0 items-center gap-2 bg-surface px-2">
      {!wide && <IconButton icon={ArrowLeft} label={t('person.back')} onPress={toggle} className="rtl:-scale-x-100" />}
      <h2 className="flex-1 px-2 text-body font-semibold">{t('person.title')}</h2>
      {wide && <IconButton icon={X} size="s" label={t('person.hide')} onPress={toggle} />}
    </div>
  );
}

/** Comments belong to no conversation, so a new one is looked for here. */
function useNewComments(id: string) {
  const { news } = useDesk();
  const client = useQueryClient();
  useEffect(
    () =>
      news.listen(({ kinds }) => {
        if (kinds.has('comment')) void refreshThread(client, id);
      }),
    [news, client, id],
  );
}

/** What agents and teams are called. */
function useNames(): ReadonlyMap<string, string> {
  const { data: people } = useQuery(agents());
  const { data: groups } = useQuery(teams());
  return useMemo(
    () => new Map([...(people ?? []), ...(groups ?? [])].map((one) => [one.id, one.name])),
    [people, groups],
  );
}

function Shapes() {
  return (
    <Loading className="flex flex-col gap-6 px-4">
      <span className="flex flex-col items-center gap-2">
        <Skeleton className="size-avatar-xl rounded-full" />
        <Skeleton className="h-4 w-1/2" />
        <Skeleton className="h-3 w-1/3" />
      </span>
      {[1, 2, 3].map((part) => (
        <span key={part} className="flex flex-col gap-2">
          <Skeleton className="h-3 w-1/4" />
          <Skeleton className="h-8 w-full" />
        </span>
      ))}
    </Loading>
  );
}
