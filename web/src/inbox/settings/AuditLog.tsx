import { infiniteQueryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useMemo } from 'react';
import { useNow } from '../../shared/clock';
import { dayLine, differentDay, exactTime } from '../../shared/time';
import { Button } from '../../shared/ui/Button';
import { EmptyState } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { answer, api } from '../data/api';
import { agents, teams } from '../data/queries';
import { sentenceOf, whoOf, type Entry, type Names } from './audit';
import { Found, Trouble } from './parts';

/** Entries of a page. */
const PAGE = 100;

const audit = () =>
  infiniteQueryOptions({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) => {
      const query = { limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) };
      return answer(api.GET('/inbox/api/audit', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.length < PAGE ? null : (page.at(-1)?.id ?? null)),
    // Nothing tells of new entries, so they are asked for whenever somebody looks.
    staleTime: 0,
  });

/** Who did what, newest first. */
export function AuditLog() {
  const query = useInfiniteQuery(audit());
  const names = useNames();
  const now = useNow();
  return (
    <Found query={query}>
      {({ pages }) => {
        const entries = pages.flat();
        if (entries.length === 0) return <EmptyState icon={History} title={t('audit.none')} />;
        return (
          <>
            {byDay(entries).map((day) => (
              <section key={day[0]!.id} className="flex flex-col gap-1">
                <h2 className="text-dense font-semibold">{dayLine(day[0]!.created_time, now)}</h2>
                <ol className="divide-y divide-line rounded-card border border-line bg-raised">
                  {day.map((entry) => (
                    <li key={entry.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-3 py-2 text-dense">
                      <time dateTime={new Date(entry.created_time).toISOString()} className="text-muted tabular-nums">
                        {exactTime(entry.created_time)}
                      </time>
                      <span className="font-medium">{whoOf(entry, names)}</span>
                      <span className="min-w-0 flex-1 wrap-anywhere">{sentenceOf(entry, names)}</span>
                    </li>
                  ))}
                </ol>
              </section>
            ))}
            {query.hasNextPage && (
              <div className="flex items-center gap-3">
                <Button isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
                  {t('audit.older')}
                </Button>
                {query.isFetchNextPageError && <Trouble>{query.error?.message}</Trouble>}
              </div>
            )}
          </>
        );
      }}
    </Found>
  );
}

function useNames(): Names {
  const { data: people } = useQuery(agents());
  const { data: groups } = useQuery(teams());
  return useMemo(() => {
    const agent = new Map(people?.map((one) => [one.id, one.name]));
    const team = new Map(groups?.map((one) => [one.id, one.name]));
    return { agent: (id: string) => agent.get(id), team: (id: string) => team.get(id) };
  }, [people, groups]);
}

function byDay(entries: readonly Entry[]): Entry[][] {
  const days: Entry[][] = [];
  for (const entry of entries) {
    const day = days.at(-1);
    if (day && !differentDay(day[0]!.created_time, entry.created_time)) day.push(entry);
    else days.push([entry]);
  }
  return days;
}
