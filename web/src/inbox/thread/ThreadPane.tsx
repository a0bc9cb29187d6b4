import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { MessageSquare } from 'lucide-react';
import { t } from '../../shared/words';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../shared/ui/states';
import { useDesk } from '../app/Desk';
import type { Schemas } from '../data/api';
import { agents, teams, thread } from '../data/queries';
import { OpenThread } from './OpenThread';

/** A conversation: what was said, and where one answers. */
export function ThreadPane({ id }: { id: string }) {
  const { me } = useDesk();
  const query = useInfiniteQuery(thread(id));
  const team = useQuery(agents());
  const groups = useQuery(teams());
  return (
    <section aria-label={t('talk.label')} className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <h1 className="sr-only desk:hidden">{t('inbox.title')}</h1>
      {query.data ? (
        <OpenThread
          key={id}
          me={me}
          pages={query.data.pages}
          team={team.data ?? NOBODY}
          teams={groups.data ?? NO_TEAMS}
          older={query.hasNextPage ? query.fetchNextPage : null}
          loadingOlder={query.isFetchingNextPage}
        />
      ) : query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <ThreadSkeleton />
      )}
    </section>
  );
}

const NOBODY: Schemas['Agent'][] = [];
const NO_TEAMS: Schemas['Team'][] = [];

/** What stands in the middle where a thread is empty. */
export function Blank() {
  return (
    <EmptyState icon={MessageSquare} title={t('talk.empty')}>
      {t('talk.emptyWhy')}
    </EmptyState>
  );
}

function ThreadSkeleton() {
  const widths = ['w-1/2 self-start', 'w-1/3 self-start', 'w-1/2 self-end', 'w-1/3 self-end', 'w-2/3 self-start'];
  return (
    <Loading className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-conversation items-center gap-3 border-b border-line px-4">
        <Skeleton className="size-avatar rounded-full" />
        <Skeleton className="h-6 w-1/4" />
      </div>
      <div className="flex flex-1 flex-col justify-end gap-2 p-4">
        {widths.map((width, index) => (
          <Skeleton key={index} className={`h-8 rounded-bubble ${width}`} />
        ))}
      </div>
      <div className="border-t border-line p-4">
        <Skeleton className="h-12 w-full" />
      </div>
    </Loading>
  );
}
