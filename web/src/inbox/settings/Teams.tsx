import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { t } from '../../shared/words';
import { answer, api, type Schemas } from '../data/api';
import { teams } from '../data/queries';
import { AssignmentChoice } from './AssignmentChoice';
import { Collection } from './Collection';
import { TeamMembers } from './TeamMembers';
import { Submit } from './parts';

type Team = Schemas['Team'];

/** Groups of agents, and how the conversations of each find somebody. */
export function Teams() {
  return (
    <Collection
      query={useQuery(teams())}
      label={t('settings.teams')}
      none={{ icon: UsersRound, title: t('settings.teams.none'), why: t('settings.teams.noneWhy') }}
      add={t('settings.teams.add')}
      unfolds
      summary={(team) => (
        <>
          <span className="min-w-0 flex-1 truncate font-medium">{team.name}</span>
          <span className="text-dense text-muted">
            {t('settings.teams.members', { count: team.members.length })} · {t(`assignment.${team.assignment}`)}
          </span>
        </>
      )}
      form={(done) => <TeamForm team={null} done={done} />}
    >
      {(team) => (
        <>
          <TeamForm team={team} done={() => undefined} />
          <TeamMembers team={team} />
        </>
      )}
    </Collection>
  );
}

/** Makes a team, or changes one; `done` is told of it, or that nothing is to be made. */
function TeamForm({ team, done }: { team: Team | null; done: (made: Team | null) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(team?.name ?? '');
  const [assignment, setAssignment] = useState(team?.assignment ?? ('manual' as const));
  const put = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), assignment };
      return team
        ? answer(api.PUT('/inbox/api/teams/{id}', { params: { path: { id: team.id } }, body }))
        : answer(api.POST('/inbox/api/teams', { body }));
    },
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: teams().queryKey });
      done(made);
    },
  });
  const isSame = team !== null && name.trim() === team.name && assignment === team.assignment;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!put.isPending) put.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label={t('settings.name')} value={name} onChange={setName} autoComplete="off" autoFocus={team === null} />
      <AssignmentChoice value={assignment} onChange={setAssignment} />
      <div className="flex flex-wrap items-center gap-3">
        <Submit
          label={team ? t('common.save') : t('settings.teams.make')}
          of={put}
          isDisabled={isSame || name.trim() === ''}
        />
        {!team && (
          <Button look="quiet" onPress={() => done(null)}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
