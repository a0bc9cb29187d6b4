import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Field } from '../../shared/ui/Field';
import { Switch } from '../../shared/ui/Switch';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { answer, api, type Schemas } from '../data/api';
import { session } from '../data/queries';
import { AssignmentChoice } from './AssignmentChoice';
import { Outcome, Part, Submit } from './parts';

type SetUp = Schemas['SetUp'];

/** How the desk works: its name, how conversations find somebody, and who sees what. */
export function Workspace() {
  return (
    <>
      <Part title={t('settings.workspace.name')}>
        <Name />
      </Part>
      <Part title={t('settings.assignment')} help={t('settings.workspace.assignmentHelp')}>
        <Assignment />
      </Part>
      <Part title={t('settings.workspace.sight')}>
        <Sight />
      </Part>
    </>
  );
}

/** Changes one thing of how the desk is set up; all else stays. */
function useSetUp() {
  const { workspace } = useDesk();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<SetUp>) => {
      const { name, assignment, agents_see_all } = workspace;
      return answer(api.PUT('/inbox/api/workspace', { body: { name, assignment, agents_see_all, ...change } }));
    },
    onSuccess: ({ name, assignment, agents_see_all }) =>
      client.setQueryData(
        session().queryKey,
        (known) => known && { ...known, workspace: { ...known.workspace, name, assignment, agents_see_all } },
      ),
  });
}

function Name() {
  const { workspace } = useDesk();
  const change = useSetUp();
  const [name, setName] = useState(workspace.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate({ name: name.trim() });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label={t('settings.workspace.name')} value={name} onChange={setName} autoComplete="organization" />
      <Submit label={t('common.save')} of={change} isDisabled={name.trim() === '' || name.trim() === workspace.name} />
    </form>
  );
}

function Assignment() {
  const { workspace } = useDesk();
  const change = useSetUp();
  return (
    <>
      <AssignmentChoice
        value={(change.isPending && change.variables.assignment) || workspace.assignment}
        onChange={(assignment) => change.mutate({ assignment })}
      />
      <Outcome of={change} />
    </>
  );
}

function Sight() {
  const { workspace } = useDesk();
  const change = useSetUp();
  return (
    <div className="flex flex-col">
      <Switch
        label={t('settings.workspace.seeAll')}
        help={t('settings.workspace.seeAllHelp')}
        isSelected={(change.isPending ? change.variables.agents_see_all : undefined) ?? workspace.agents_see_all}
        onChange={(agents_see_all) => change.mutate({ agents_see_all })}
      />
      <Outcome of={change} />
    </div>
  );
}
