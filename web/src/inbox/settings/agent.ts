import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '../data/api';
import { agents, session } from '../data/queries';

const SAME: Schemas['AgentChange'] = { name: null, role: null, active: null, capacity: null };

/** Changes something about an agent; all else stays. */
export function useAgentChange(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<Schemas['AgentChange']>) =>
      answer(api.POST('/inbox/api/agents/{id}', { params: { path: { id } }, body: { ...SAME, ...change } })),
    onSuccess: async (agent) => {
      client.setQueryData(agents().queryKey, (all) => all?.map((one) => (one.id === agent.id ? agent : one)));
      await client.invalidateQueries({ queryKey: session().queryKey });
    },
  });
}
