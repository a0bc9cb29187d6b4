import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { I18nProvider } from 'react-aria-components';
import { Refused } from '../shared/api/client';
import { tag } from '../shared/words';
import { router } from './router';

const client = new QueryClient({
  defaultOptions: {
    // The desk may stand on this very machine, whatever the browser thinks of its network. What changes, the stream says.
    queries: {
      networkMode: 'always',
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      retry: (count, error) => !(error instanceof Refused) && count < 2,
    },
    mutations: { networkMode: 'always' },
  },
});

export function App() {
  return (
    <QueryClientProvider client={client}>
      <I18nProvider locale={tag()}>
        <RouterProvider router={router} />
      </I18nProvider>
    </QueryClientProvider>
  );
}
