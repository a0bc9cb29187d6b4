import { useMutation, useQuery } from '@tanstack/react-query';
import { Lock, ShieldCheck, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/ui/Button';
import { CopyLine } from '../../shared/ui/CopyLine';
import { Select } from '../../shared/ui/Select';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { answer, api, type Schemas } from '../data/api';
import { agents } from '../data/queries';
import { Member } from './Member';
import { Fold, Found, Outcome, Part, Row, Rows } from './parts';
import { mayGive, ROLES, rolesGivenBy, type Role } from './roles';

type Agent = Schemas['Agent'];

/** Who works here, and how somebody new comes in. */
export function Members() {
  const query = useQuery(agents());
  const { me } = useDesk();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <Part title={t('settings.invite')} help={t('settings.inviteHelp')}>
        <Invite />
      </Part>
      <Part title={t('settings.members.all')}>
        <Found query={query}>
          {(all) => (
            <Rows label={t('settings.members.all')}>
              {inOrder(all).map((agent) =>
                mayGive(me.role, agent.role) ? (
                  <Fold
                    key={agent.id}
                    open={open === agent.id}
                    toggle={() => setOpen(open === agent.id ? null : agent.id)}
                    summary={<Summary agent={agent} />}
                  >
                    <Member agent={agent} />
                  </Fold>
                ) : (
                  <Row key={agent.id}>
                    <Summary agent={agent} />
                  </Row>
                ),
              )}
            </Rows>
          )}
        </Found>
      </Part>
    </>
  );
}

/** Those who work come before those who are locked out, larger roles before smaller ones. */
const inOrder = (all: readonly Agent[]) =>
  [...all].sort(
    (a, b) =>
      Number(b.active) - Number(a.active) ||
      ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
      a.name.localeCompare(b.name),
  );

function Summary({ agent }: { agent: Agent }) {
  const { me } = useDesk();
  return (
    <>
      <span className={`min-w-0 flex-1 max-desk:basis-full ${agent.active ? '' : 'text-muted'}`}>
        <span className="block truncate font-medium">
          {agent.name}
          {agent.id === me.id && <span className="font-normal text-muted"> · {t('common.you')}</span>}
        </span>
        <span className="block truncate text-meta text-muted">{agent.email}</span>
      </span>
      {agent.has_code && (
        <ShieldCheck className="size-icon-s text-open" strokeWidth={1.75} aria-label={t('settings.members.hasCode')} />
      )}
      {agent.active ? (
        <span className="text-dense text-muted tabular-nums">
          {t('settings.members.load', { open: agent.open_count, capacity: agent.capacity })}
          {!agent.available && ` · ${t('settings.members.away')}`}
        </span>
      ) : (
        <span className="inline-flex items-center gap-1 text-dense font-medium text-danger">
          <Lock className="size-icon-s" strokeWidth={1.75} aria-hidden />
          {t('settings.members.out')}
        </span>
      )}
      <span className="text-dense">{t(`role.${agent.role}`)}</span>
    </>
  );
}

function Invite() {
  const { me } = useDesk();
  const roles = rolesGivenBy(me.role);
  const [role, setRole] = useState<Role>('agent');
  const invite = useMutation({
    mutationFn: () => answer(api.POST('/inbox/api/invitations', { body: { role } })),
  });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label={t('settings.role')}
          options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={role}
          onChange={(next) => {
            setRole(next);
            invite.reset();
          }}
        />
        <Button icon={UserPlus} isPending={invite.isPending} onPress={() => invite.mutate()}>
          {t('settings.invite.make')}
        </Button>
        <Outcome of={{ ...invite, isSuccess: false }} />
      </div>
      <p className="text-dense text-muted">{t(`role.${role}.what`)}</p>
      {invite.data && (
        <div role="status" className="flex flex-col gap-1 rounded-card border border-accent bg-accent-quiet p-3">
          <CopyLine
            key={invite.data.link}
            label={t('settings.invite.link', { role: t(`role.${role}`) })}
            value={`${location.origin}/inbox/join#${invite.data.link}`}
          />
          <p className="text-meta text-muted">{t('settings.invite.once')}</p>
        </div>
      )}
    </div>
  );
}
