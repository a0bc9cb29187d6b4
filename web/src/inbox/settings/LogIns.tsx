import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { useNow } from '../../shared/clock';
import { ago, worldTime } from '../../shared/time';
import { Button } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import { answer, api, type Schemas } from '../data/api';
import { deviceOf } from './device';
import { Found, Outcome, Row, Rows, Sure } from './parts';

const logIns = () =>
  queryOptions({ queryKey: ['sessions'], queryFn: () => answer(api.GET('/inbox/api/sessions')), staleTime: 0 });

const endOne = (id: string) => answer(api.DELETE('/inbox/api/sessions/{id}', { params: { path: { id } } }));

/** One's log-ins, and how they are ended. */
export function LogIns() {
  const query = useQuery(logIns());
  const client = useQueryClient();
  const endOthers = useMutation({
    mutationFn: async (others: readonly string[]) => {
      for (const id of others) await endOne(id);
    },
    onSettled: () => client.invalidateQueries({ queryKey: logIns().queryKey }),
  });
  return (
    <Found query={query}>
      {(all) => {
        const others = all.filter((one) => !one.current).map((one) => one.id);
        return (
          <>
            <Rows label={t('settings.logIns')}>
              {[...all]
                .sort((a, b) => Number(b.current) - Number(a.current) || b.seen_time - a.seen_time)
                .map((one) => (
                  <LogIn key={one.id} logIn={one} />
                ))}
            </Rows>
            <div className="flex flex-wrap items-center gap-3">
              {others.length > 0 && (
                <Sure
                  label={t('settings.logIns.endOthers')}
                  question={t('settings.logIns.sure', { count: others.length })}
                  run={() => endOthers.mutate(others)}
                  of={endOthers}
                />
              )}
              <Outcome of={{ ...endOthers, error: null }} saved={t('settings.logIns.ended')} />
            </div>
          </>
        );
      }}
    </Found>
  );
}

function LogIn({ logIn }: { logIn: Schemas['Session'] }) {
  const now = useNow();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => endOne(logIn.id),
    onSuccess: () => client.invalidateQueries({ queryKey: logIns().queryKey }),
  });
  const { browser, system } = deviceOf(logIn.device);
  const name =
    browser && system
      ? t('settings.logIns.device', { browser, system })
      : (browser ?? system ?? t('settings.logIns.unknown'));
  return (
    <Row>
      <MonitorSmartphone className="size-icon-s shrink-0 text-muted max-desk:hidden" strokeWidth={1.75} aria-hidden />
      <span className="min-w-0 flex-1 max-desk:basis-full">
        <span className="block truncate font-medium" title={logIn.device}>
          {name}
        </span>
        <span className="block text-meta text-muted">
          {t('settings.logIns.since', { time: worldTime(logIn.created_time) })}
        </span>
      </span>
      {logIn.current ? (
        <span className="text-dense font-medium text-open">{t('settings.logIns.current')}</span>
      ) : (
        <>
          <span className="text-dense text-muted">{t('settings.logIns.seen', { ago: ago(logIn.seen_time, now) })}</span>
          <Button
            look="quiet"
            isPending={end.isPending}
            onPress={() => end.mutate()}
            aria-label={t('settings.logIns.endOf', { name })}
          >
            {t('settings.logIns.end')}
          </Button>
        </>
      )}
      <Outcome of={{ ...end, isSuccess: false }} />
    </Row>
  );
}
