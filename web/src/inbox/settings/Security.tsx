import { useState, type FormEvent } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Field } from '../../shared/ui/Field';
import { t } from '../../shared/words';
import { answer, api, Refused } from '../data/api';
import { lacks } from '../session/trouble';
import { Authenticator } from './Authenticator';
import { LogIns } from './LogIns';
import { Part, Submit } from './parts';

/** What keeps others out: the password, an authenticator, and the log-ins that there are. */
export function Security() {
  return (
    <>
      <Part title={t('settings.password')} help={t('settings.passwordHelp')}>
        <Password />
      </Part>
      <Part title={t('settings.code')} help={t('settings.codeHelp')}>
        <Authenticator />
      </Part>
      <Part title={t('settings.logIns')} help={t('settings.logInsHelp')}>
        <LogIns />
      </Part>
    </>
  );
}

function Password() {
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const change = useMutation({
    mutationFn: () => answer(api.PUT('/inbox/api/me/password', { body: { old, new: next } })),
    onSuccess: () => {
      setOld('');
      setNext('');
      setTried(false);
    },
  });
  const missing = lacks(next);
  const isWrong = change.error instanceof Refused && change.error.why.reason === 'wrong_login';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing === 0 && !change.isPending) change.mutate();
  };
  const outcome = isWrong ? { ...change, error: null } : change;
  return (
    <form onSubmit={submit} noValidate className="flex max-w-door flex-col gap-3">
      <Field
        label={t('settings.password.old')}
        type="password"
        autoComplete="current-password"
        value={old}
        onChange={setOld}
        wrong={isWrong ? t('settings.password.wrong') : undefined}
      />
      <Field
        label={t('settings.password.new')}
        help={t('join.rule')}
        type="password"
        autoComplete="new-password"
        value={next}
        onChange={setNext}
        wrong={tried && missing > 0 ? t('join.short', { count: missing }) : undefined}
      />
      <Submit label={t('settings.password.change')} of={outcome} isDisabled={old === '' || next === ''} />
    </form>
  );
}
