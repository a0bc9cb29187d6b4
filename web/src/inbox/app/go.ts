/** Going from one place of the inbox to another. */
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { readFilter, type Filter, type Scope } from '../data/scope';

declare module '@tanstack/history' {
  interface HistoryState {
    /** Where only one pane has room: the person's pane is shown in place of the thread. */
    person?: boolean;
    /** The list stands before it in the history: the way back leads there. */
    listed?: boolean;
  }
}

const LIST = '/$view/{-$conversation}';

/** The filter with which a view is opened: what is done is out of the way where it would only be in it. */
export const viewScope = (view: Scope['view']): Scope =>
  view === 'all' || view === 'mine' || view === 'unassigned' ? { view, status: 'open' } : { view };

export function useGo() {
  const navigate = useNavigate();
  const router = useRouter();
  return useMemo(() => {
    const here = () => readFilter(router.state.location.search);
    return {
      /** Shows a list. */
      scope: ({ view, ...filter }: Scope) =>
        void navigate({ to: LIST, params: { view, conversation: undefined }, search: filter }),
      /** Opens a conversation beside the list; `replace` where one was open already. */
      open: (view: Scope['view'], conversation: string, replace = false) =>
        void navigate({
          to: LIST,
          params: { view, conversation },
          search: (now) => now as Filter,
          replace,
          state: ({ listed }) => ({ listed: replace ? listed : true }),
        }),
      /** Closes the conversation: the way back where one came from the list. */
      close: (view: Scope['view']) => {
        if (router.state.location.state.listed) router.history.back();
        else
          void navigate({
            to: LIST,
            params: { view, conversation: undefined },
            search: (now) => now as Filter,
            replace: true,
          });
      },
      /** Narrows the list, or widens it: what is undefined counts no more. The conversation stays open. */
      filter: (filter: Filter) => void navigate({ to: '.', search: (now) => ({ ...now, ...filter }), replace: true }),
      /** Searches, or ends the search. */
      search: (q: string) => void navigate({ to: '.', search: { ...here(), ...(q ? { q } : {}) }, replace: true }),
      back: () => router.history.back(),
      settings: (section?: string) => void navigate({ to: '/settings/{-$section}', params: { section } }),
      comments: () => void navigate({ to: '/comments' }),
    };
  }, [navigate, router]);
}

/** The address of a list, or of a conversation in it. */
export function useAddress() {
  const router = useRouter();
  return useMemo(
    () => ({
      scope: ({ view, ...filter }: Scope, conversation?: string) =>
        router.buildLocation({ to: LIST, params: { view, conversation }, search: filter }).href,
      settings: () => router.buildLocation({ to: '/settings/{-$section}', params: { section: undefined } }).href,
      comments: () => router.buildLocation({ to: '/comments' }).href,
    }),
    [router],
  );
}
