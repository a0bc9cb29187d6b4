import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { answer, api, reason, type Schemas } from '../../shared/api/client';
import { Avatar } from '../../shared/ui/Avatar';
import { Button } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { t } from '../../shared/words';
import { people } from '../data/queries';
import { nameOf, openedLast, type Person } from '../person';
import { Bar, Title } from './Bar';

const STATES = [
  ['active', 'me.active'],
  ['deactivated', 'me.deactivated'],
  ['deleted', 'me.deleted'],
] as const;

/** A person's own profile: what quick replies may offer of it, and whether they are there at all. */
export function Me({ me }: { me: string }) {
  const { data } = useQuery(people());
  const person = data?.data.find((it) => it.username === me);
  return (
    <>
      <Bar>
        <Title>{t('me.title')}</Title>
      </Bar>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{person && <Profile person={person} />}</div>
    </>
  );
}

function Profile({ person }: { person: Person }) {
  const client = useQueryClient();
  const [phone, setPhone] = useState(person.phone ?? '');
  const [email, setEmail] = useState(person.email ?? '');
  const change = useMutation({
    mutationFn: (body: Schemas['PersonChange']) =>
      answer(api.POST('/_parlance/people/{username}', { params: { path: { username: person.username } }, body })),
    onSuccess: () => client.invalidateQueries(),
  });
  const ids = Object.entries(person.igsids);
  const same = phone === (person.phone ?? '') && email === (person.email ?? '');
  return (
    <div className="flex flex-col gap-6">
      <div className="flex items-center gap-4">
        <Avatar name={nameOf(person)} picture={person.profile_pic} size="xl" opened={openedLast(person)} />
        <div className="min-w-0">
          <p className="truncate text-head font-semibold">{nameOf(person)}</p>
          <p className="truncate text-dense text-muted">@{person.username}</p>
          <p className="text-dense text-muted">{t('picker.followers', { count: person.follower_count })}</p>
        </div>
      </div>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ phone: phone.trim() || null, email: email.trim() || null });
        }}
      >
        <Field label={t('me.phone')} type="tel" value={phone} onChange={setPhone} autoComplete="off" />
        <Field
          label={t('me.email')}
          type="email"
          value={email}
          onChange={setEmail}
          autoComplete="off"
          help={t('me.contactHelp')}
        />
        <div className="flex items-center justify-end gap-3">
          <span role="status" className="text-dense text-muted">
            {change.isSuccess && same ? t('common.saved') : ''}
          </span>
          <Button look="primary" type="submit" isDisabled={same || change.isPending}>
            {t('common.save')}
          </Button>
        </div>
        {change.error && (
          <p role="alert" className="text-dense text-danger">
            {reason(change.error)}
          </p>
        )}
      </form>
      <RadioGroup
        value={person.status}
        onChange={(status) => change.mutate({ status })}
        className="flex flex-col gap-2"
      >
        <Label className="text-meta font-medium text-muted">{t('me.status')}</Label>
        <div className="flex gap-1">
          {STATES.map(([status, words]) => (
            <Radio
              key={status}
              value={status}
              className="flex min-h-menu flex-1 items-center justify-center rounded-control border border-control px-2 text-dense touch:min-h-touch data-[focus-visible]:outline-2 data-[hovered]:bg-hover data-[selected]:border-accent data-[selected]:bg-accent-quiet data-[selected]:font-medium data-[selected]:text-accent"
            >
              {t(words)}
            </Radio>
          ))}
        </div>
        <p className="text-meta text-muted">{t('me.statusHelp')}</p>
      </RadioGroup>
      <section className="flex flex-col gap-1">
        <h3 className="text-meta font-medium text-muted">{t('me.igsids')}</h3>
        {ids.length === 0 && <p className="text-dense text-muted">{t('me.noIgsids')}</p>}
        <dl className="text-dense">
          {ids.map(([account, id]) => (
            <div key={account} className="flex justify-between gap-3">
              <dt className="truncate">@{account}</dt>
              <dd className="font-mono tabular-nums">{id}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
