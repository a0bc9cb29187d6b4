import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck, ShieldOff } from 'lucide-react';
import { lazy, Suspense, useState, type FormEvent } from 'react';
import { Button } from '../../shared/ui/Button';
import { CopyLine } from '../../shared/ui/CopyLine';
import { Field } from '../../shared/ui/Field';
import { Skeleton } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { answer, api, Refused, type Schemas } from '../data/api';
import { session } from '../data/queries';
import { Outcome, Submit, Sure } from './parts';

const QrCode = lazy(() => import('./QrCode'));

/** Whether logging in needs a code as well, and how that is begun and ended. */
export function Authenticator() {
  const { has_code: on } = useDesk().me;
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: session().queryKey });
  const begin = useMutation({ mutationFn: () => answer(api.POST('/inbox/api/me/code')) });
  const end = useMutation({ mutationFn: () => answer(api.DELETE('/inbox/api/me/code')), onSuccess: renew });
  const Icon = on ? ShieldCheck : ShieldOff;
  return (
    <>
      <div className="flex min-h-setting flex-wrap items-center gap-3">
        <Icon className={`size-icon ${on ? 'text-open' : 'text-muted'}`} strokeWidth={1.75} aria-hidden />
        <span className="flex-1">{on ? t('settings.code.on') : t('settings.code.off')}</span>
        {on && (
          <Sure
            label={t('settings.code.remove')}
            question={t('settings.code.sure')}
            run={() => end.mutate()}
            of={end}
          />
        )}
        {!on && !begin.data && (
          <Button isPending={begin.isPending} onPress={() => begin.mutate()}>
            {t('settings.code.begin')}
          </Button>
        )}
        <Outcome of={{ ...begin, isSuccess: false }} />
      </div>
      {!on && begin.data && <Confirm code={begin.data} done={() => void renew().then(begin.reset)} />}
    </>
  );
}

/** The secret by which an authenticator makes codes, and the first code as a proof that it has it. */
function Confirm({ code: { secret, address }, done }: { code: Schemas['NewCode']; done: () => void }) {
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () => answer(api.PUT('/inbox/api/me/code', { body: { secret, code: code.trim() } })),
    onSuccess: done,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!confirm.isPending) confirm.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-card border border-line bg-raised p-3">
      <p className="text-dense">{t('settings.code.scan')}</p>
      <div className="flex flex-wrap items-start gap-4">
        <Suspense fallback={<Skeleton className="size-qr" />}>
          <QrCode text={address} label={t('settings.code.picture')} />
        </Suspense>
        <div className="flex min-w-card flex-1 flex-col gap-3">
          <CopyLine label={t('settings.code.secret')} value={secret} shown={secret.replace(/(.{4})(?=.)/g, '$1 ')} />
          <CopyLine label={t('settings.code.address')} value={address} />
        </div>
      </div>
      <Field
        label={t('settings.code.confirm')}
        help={t('login.codeHelp')}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        wrong={confirm.error ? wrongCode(confirm.error) : undefined}
      />
      <Submit label={t('settings.code.finish')} of={{ ...confirm, error: null }} isDisabled={code.trim() === ''} />
    </form>
  );
}

const wrongCode = (error: Error) =>
  error instanceof Refused && error.why.field === 'code' ? t('settings.code.wrong') : error.message;
