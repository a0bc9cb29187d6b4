import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Refused } from '../shared/api/client';
import { Offset } from '../shared/clock';
import { Live } from '../shared/live';
import { tag } from '../shared/words';
import { Desk } from './Desk';
import { clock, refresh, staleBy, type LiveEvent } from './data/queries';

/** A move of the world's clock that an event gives away, in milliseconds. */
const MOVED = 2_000;

const client = new QueryClient({
  defaultOptions: {
    // This machine is reached without a network, whatever the browser thinks of it. What changes, the stream says.
    queries: {
      networkMode: 'always',
      staleTime: 60_000,
      retry: (count, error) => !(error instanceof Refused) && count < 2,
    },
    mutations: { networkMode: 'always' },
  },
});

const live = new Live<LiveEvent>('/_parlance/events/stream', {
  // Whatever was missed while there was no connection.
  opened: () => void client.invalidateQueries(),
  event: (event) => {
    void refresh(client, staleBy(event));
    const offset = client.getQueryData(clock().queryKey) ?? 0;
    if (Math.abs(Date.parse(event.time) - Date.now() - offset) > MOVED) void refresh(client, [clock().queryKey]);
  },
});

export function App() {
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, []);
  return (
    <QueryClientProvider client={client}>
      <I18nProvider locale={tag()}>
        <World />
      </I18nProvider>
    </QueryClientProvider>
  );
}

function World() {
  const { data: offset } = useQuery(clock());
  return (
    <Offset value={offset ?? 0}>
      <Desk live={live} />
    </Offset>
  );
}
