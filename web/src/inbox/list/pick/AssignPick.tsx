import { useQuery } from '@tanstack/react-query';
import { UserMinus, UsersRound } from 'lucide-react';
import { t } from '../../../shared/words';
import { useDesk } from '../../app/Desk';
import { Initials } from '../../app/Initials';
import type { Schemas } from '../../data/api';
import { agents, teams } from '../../data/queries';
import { PickList, type Option } from './PickList';
import type { PickProps } from './OpenList';

type Agent = Schemas['Agent'];

/** Who has most room comes first; who is away comes behind those who are there. */
export function byLoad(all: readonly Agent[]): Agent[] {
  const load = ({ open_count, capacity }: Agent) => open_count / Math.max(1, capacity);
  return [...all].sort(
    (a, b) => Number(b.available) - Number(a.available) || load(a) - load(b) || a.name.localeCompare(b.name),
  );
}

/** Whether somebody can be given conversations at all. */
export const takes = ({ active, role }: Agent) => active && role !== 'read_only';

/** Whom it goes to: oneself, a colleague, a team, nobody. */
export function AssignPick({ conversations, change, typed }: PickProps) {
  const { me } = useDesk();
  const { data } = useQuery(agents());
  const people = data ?? [];
  const { data: groups = [] } = useQuery(teams());
  const able = people.filter(takes);
  const own = able.find((agent) => agent.id === me.id);
  const others = byLoad(able.filter((agent) => agent.id !== me.id));
  const given = conversations.some((one) => one.assignee || one.team);
  const person = (agent: Agent): Option => {
    const full = agent.open_count >= agent.capacity;
    const load = t('pick.load', { open: agent.open_count, capacity: agent.capacity });
    const words = [full ? t('pick.full') : load, ...(agent.available ? [] : [t('pick.away')])].join(' · ');
    const mine = agent.id === me.id;
    return {
      id: `agent:${agent.id}`,
      name: mine ? `${t('pick.me')} (${agent.name})` : agent.name,
      icon: <Initials name={agent.name} mine={mine} />,
      aside: words,
    };
  };
  const choose = (chosen: string) => {
    const [kind, id = ''] = chosen.split(':');
    if (kind === 'agent') change({ do: 'assign', agent: id });
    else if (kind === 'team') change({ do: 'assign_team', team: id });
    else change({ do: 'unassign' });
  };
  const icon = 'size-icon-s mx-px shrink-0 text-muted';
  return (
    <PickList
      label={t('pick.assign')}
      find={t('pick.assignFind')}
      choose={choose}
      typed={typed}
      groups={
        data === undefined
          ? []
          : [
              {
                options: [
                  ...(own ? [person(own)] : []),
                  ...(given
                    ? [
                        {
                          id: 'nobody',
                          name: t('pick.nobody'),
                          icon: <UserMinus className={icon} strokeWidth={1.75} aria-hidden />,
                        },
                      ]
                    : []),
                ],
              },
              { title: t('pick.people'), options: others.map(person) },
              {
                title: t('pick.teams'),
                options: groups.map((team) => ({
                  id: `team:${team.id}`,
                  name: team.name,
                  icon: <UsersRound className={icon} strokeWidth={1.75} aria-hidden />,
                })),
              },
            ]
      }
    />
  );
}
