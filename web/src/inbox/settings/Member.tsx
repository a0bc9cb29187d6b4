import { useState, type FormEvent } from 'react';
import { Button } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { Select } from '../../shared/ui/Select';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import type { Schemas } from '../data/api';
import { useAgentChange } from './agent';
import { Outcome, Submit, Sure } from './parts';
import { rolesGivenBy, type Role } from './roles';

type Agent = Schemas['Agent'];

/** The most that anybody can have open, as the desk takes it. */
const MOST = 10_000;

/** Changes somebody who works here. */
export function Member({ agent }: { agent: Agent }) {
  const { me } = useDesk();
  const change = useAgentChange(agent.id);
  const lock = useAgentChange(agent.id);
  const [name, setName] = useState(agent.name);
  const [role, setRole] = useState<Role>(agent.role);
  const [capacity, setCapacity] = useState(String(agent.capacity));
  const wanted = Number(capacity);
  const isWhole = /^\d{1,5}$/.test(capacity) && wanted <= MOST;
  const isSame = name.trim() === agent.name && role === agent.role && wanted === agent.capacity;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate({ name: name.trim(), role, capacity: wanted });
  };
  return (
    <>
      <form onSubmit={submit} noValidate className="flex flex-col gap-3">
        <div className="flex flex-wrap items-start gap-3">
          <div className="min-w-card flex-1">
            <Field label={t('settings.name')} value={name} onChange={setName} autoComplete="off" />
          </div>
          <Select
            label={t('settings.role')}
            options={rolesGivenBy(me.role).map((value) => ({ value, label: t(`role.${value}`) }))}
            value={role}
            onChange={setRole}
          />
          <Field
            label={t('settings.capacity')}
            inputMode="numeric"
            autoComplete="off"
            value={capacity}
            onChange={setCapacity}
            wrong={isWhole ? undefined : t('settings.capacityWrong', { most: MOST })}
          />
        </div>
        <p className="text-meta text-muted">{t('settings.capacityHelp')}</p>
        <Submit label={t('common.save')} of={change} isDisabled={isSame || !isWhole || name.trim() === ''} />
      </form>
      {agent.id !== me.id && (
        <div className="flex flex-wrap items-center gap-3 border-t border-line pt-3">
          <span className="min-w-card flex-1 text-dense text-muted">
            {agent.active ? t('settings.members.lockHelp') : t('settings.members.letInHelp')}
          </span>
          {agent.active ? (
            <Sure
              label={t('settings.members.lock')}
              question={t('settings.members.sure', { name: agent.name })}
              run={() => lock.mutate({ active: false })}
              of={lock}
            />
          ) : (
            <>
              <Button isPending={lock.isPending} onPress={() => lock.mutate({ active: true })}>
                {t('settings.members.letIn')}
              </Button>
              <Outcome of={{ ...lock, isSuccess: false }} />
            </>
          )}
        </div>
      )}
    </>
  );
}
