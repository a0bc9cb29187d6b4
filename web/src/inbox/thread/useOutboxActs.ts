import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { answer, api, type Schemas } from '../data/api';
import { refreshThread } from '../data/thread';
import type { Composer } from './composer/writing';
import { noteRetry } from './retried';

type Entry = Schemas['Outbox'];

/** What is done with reactions and with what failed; the last refusal is there to be shown. */
export function useOutboxActs(conversation: string, store: Composer, write: (mode: 'reply') => void) {
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const act = useCallback(
    async (call: () => Promise<unknown>) => {
      setError(null);
      try {
        await call();
      } catch (problem) {
        setError(problem);
      }
      void refreshThread(client, conversation);
    },
    [client, conversation],
  );
  const react = useCallback(
    (mid: string, emoji: string | null) =>
      void act(() => {
        const body = { kind: 'reaction', mid, emoji } as const;
        const params = { path: { id: conversation } };
        const reply = { client_key: crypto.randomUUID(), last_seen: null, body };
        return answer(api.POST('/inbox/api/conversations/{id}/replies', { params, body: reply }));
      }),
    [act, conversation],
  );
  const retry = useCallback(
    ({ id }: Entry) => {
      noteRetry(id);
      void act(() => answer(api.POST('/inbox/api/outbox/{id}/retry', { params: { path: { id } } })));
    },
    [act],
  );
  const discard = useCallback(
    ({ id }: Entry) => void act(() => answer(api.DELETE('/inbox/api/outbox/{id}', { params: { path: { id } } }))),
    [act],
  );
  const rewrite = useCallback(
    (entry: Entry) => {
      const { text } = store.state();
      const said = entry.body?.kind === 'text' ? entry.body.text : '';
      store.set({ text: [said, text].filter(Boolean).join('\n') });
      discard(entry);
      write('reply');
    },
    [store, discard, write],
  );
  return { react, retry, discard, rewrite, error, forget: () => setError(null) };
}
