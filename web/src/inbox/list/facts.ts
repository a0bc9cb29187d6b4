import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useDesk } from '../app/Desk';
import { agents, connections, labels, teams } from '../data/queries';
import type { Facts } from './row';

function byId<T extends { id: string }>(all: readonly T[] | undefined): Map<string, T> {
  return new Map(all?.map((one) => [one.id, one]));
}

/** Who and what there is at the desk. */
export function useFacts(): Facts {
  const { me } = useDesk();
  const { data: people } = useQuery(agents());
  const { data: groups } = useQuery(teams());
  const { data: tags } = useQuery(labels());
  const { data: accounts } = useQuery(connections());
  return useMemo(
    () => ({ me: me.id, agents: byId(people), teams: byId(groups), labels: byId(tags), connections: byId(accounts) }),
    [me.id, people, groups, tags, accounts],
  );
}
