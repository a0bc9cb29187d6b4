import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Schemas } from '../data/api';
import { connections, session } from '../data/queries';

/**
 * Lets somebody in with what the server told of them: what was read as another is forgotten. An owner of a desk without any
 * account is shown where one is connected; everybody else stays where they wanted to be.
 */
export function useEnter(): (me: Schemas['Me']) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useCallback(
    async (me) => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      if (me.agent.role === 'owner') {
        const connected = await client.fetchQuery(connections()).catch(() => null);
        if (connected?.length === 0) {
          await navigate({ to: '/settings/{-$section}', params: { section: 'accounts' } });
        }
      }
      client.setQueryData(session().queryKey, me);
    },
    [client, navigate],
  );
}
