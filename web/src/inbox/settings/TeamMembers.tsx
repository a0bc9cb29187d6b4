import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { Checkbox } from 'react-aria-components';
import { t } from '../../shared/words';
import { answer, api, type Schemas } from '../data/api';
import { agents, teams } from '../data/queries';
import { Found, Outcome } from './parts';

type Agent = Schemas['Agent'];
type Team = Schemas['Team'];

/** Who is in a team: each a box that counts at once. */
export function TeamMembers({ team }: { team: Team }) {
  const query = useQuery(agents());
  return (
    <Found query={query}>
      {(all) => (
        <fieldset className="flex flex-col border-t border-line pt-3">
          <legend className="sr-only">{t('settings.teams.who', { name: team.name })}</legend>
          <p aria-hidden className="pb-1 text-meta font-medium text-muted">
            {t('settings.teams.who', { name: team.name })}
          </p>
          {all
            .filter((agent) => agent.active || team.members.includes(agent.id))
            .map((agent) => (
              <Member key={agent.id} team={team} agent={agent} />
            ))}
        </fieldset>
      )}
    </Found>
  );
}

function Member({ team, agent }: { team: Team; agent: Agent }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (isIn: boolean) => {
      const params = { path: { id: team.id, agent: agent.id } };
      return isIn
        ? answer(api.PUT('/inbox/api/teams/{id}/members/{agent}', { params }))
        : answer(api.DELETE('/inbox/api/teams/{id}/members/{agent}', { params }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: teams().queryKey }),
  });
  const isIn = change.isPending ? change.variables : team.members.includes(agent.id);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Checkbox
        isSelected={isIn}
        onChange={(next) => change.mutate(next)}
        className="group flex min-h-menu flex-1 items-center gap-3 rounded-control touch:min-h-touch"
      >
        <span
          aria-hidden
          className="flex size-icon shrink-0 items-center justify-center rounded-control border border-control bg-raised text-transparent group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-accent group-data-[selected]:border-accent group-data-[selected]:bg-accent group-data-[selected]:text-on-accent"
        >
          <Check className="size-icon-s" strokeWidth={1.75} />
        </span>
        <span className="truncate">{agent.name}</span>
        <span className="truncate text-dense text-muted">{t(`role.${agent.role}`)}</span>
      </Checkbox>
      <Outcome of={change} />
    </div>
  );
}
