/** What one does about oneself: taking conversations or not, going out. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { reason } from '../../shared/api/client';
import { answer, api } from '../data/api';
import { session } from '../data/queries';
import { notices } from './notices';

/** Takes oneself out of the round, or back in: shown at once. */
export function useAvailable() {
  const client = useQueryClient();
  const { queryKey } = session();
  const show = (available: boolean) =>
    client.setQueryData(queryKey, (now) => now && { ...now, agent: { ...now.agent, available } });
  return useMutation({
    mutationFn: (available: boolean) => answer(api.PUT('/inbox/api/me/available', { body: { available } })),
    onMutate: show,
    onError: (error, available) => {
      show(!available);
      notices.tell({ text: reason(error), failed: true });
    },
  });
}

/** Goes out; what was read goes with it. */
export function useLogOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE('/inbox/api/session')),
    onSuccess: () => {
      client.clear();
      window.location.reload();
    },
    onError: (error) => notices.tell({ text: reason(error), failed: true }),
  });
}
