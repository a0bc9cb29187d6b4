import { lazy, Suspense, useCallback } from 'react';
import { ErrorState, Loading } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { later } from '../app/later';
import type { Scope } from '../data/scope';
import { BulkBar } from './BulkBar';
import { Empty } from './Empty';
import { FilterBar } from './FilterBar';
import { Head } from './Head';
import { Rows } from './Rows';
import { SearchField } from './SearchField';
import { RowSkeletons } from './Skeletons';
import { useFacts } from './facts';
import { useList } from './useList';
import { useListActions } from './useListActions';

const SearchResults = lazy(async () => ({ default: (await later.found()).SearchResults }));

const waiting = (
  <Loading className="min-h-0 flex-1 overflow-hidden">
    <RowSkeletons count={12} />
  </Loading>
);

interface Props {
  scope: Scope;
  /** What is searched for; null where the list is shown. */
  search: string | null;
  /** The conversation that is open beside it. */
  selected: string | null;
}

/** The conversations of a scope, or what a search finds. */
export function ListPane({ scope, search, selected }: Props) {
  const facts = useFacts();
  const list = useList(scope, selected);
  const { query, shown, ids, cursor, chosen, acts } = list;
  const { fetchNextPage, isFetchingNextPage, hasNextPage, isFetchNextPageError, error, refetch } = query;
  useListActions(list, search === null, selected);
  const loadMore = useCallback(() => void (isFetchingNextPage || fetchNextPage()), [isFetchingNextPage, fetchNextPage]);
  const targets = chosen ? shown.filter((one) => chosen.has(one.id)) : [];
  return (
    <section aria-label={t('list.title', { view: t(`view.${scope.view}`) })} className="flex h-full min-w-0 flex-col">
      <Head scope={scope} />
      <SearchField key={scope.view} search={search} />
      {search === null &&
        (targets.length > 0 ? (
          <BulkBar targets={targets} all={ids.length} chooseAll={list.chooseAll} chooseNone={list.chooseNone} />
        ) : (
          <FilterBar scope={scope} />
        ))}
      {search !== null ? (
        <Suspense fallback={waiting}>
          <SearchResults search={search} view={scope.view} facts={facts} open={selected} />
        </Suspense>
      ) : query.data === undefined ? (
        error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          waiting
        )
      ) : ids.length === 0 && !hasNextPage ? (
        <Empty scope={scope} />
      ) : (
        <Rows
          key={JSON.stringify(scope)}
          scope={scope}
          label={t('list.title', { view: t(`view.${scope.view}`) })}
          conversations={shown}
          ids={ids}
          facts={facts}
          cursor={cursor}
          open={selected}
          chosen={chosen}
          more={isFetchNextPageError ? 'failed' : hasNextPage ? 'yes' : 'no'}
          loadMore={loadMore}
          acts={acts}
        />
      )}
    </section>
  );
}
