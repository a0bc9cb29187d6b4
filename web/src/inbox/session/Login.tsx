import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Button } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { t } from '../../shared/words';
import { answer, api } from '../data/api';
import { Door, Wrong } from './Door';
import { useEnter } from './enter';
import { asksForCode, troubleOf, type Trouble } from './trouble';

/** Logs in: address and password, and the code of an authenticator where the server asks for one. */
export function Login() {
  const enter = useEnter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const login = useMutation({
    mutationFn: () => answer(api.POST('/inbox/api/session', { body: { email: email.trim(), password, code } })),
    onSuccess: enter,
    onError: (error) => {
      if (asksForCode(error)) setCode('');
    },
  });
  const trouble = troubleOf(login.error, code !== null);
  const form = useFocusOn(trouble);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A browser that fills in what it keeps may not have told of it, so the button is never switched off.
    const empty = [...(form.current?.querySelectorAll('input') ?? [])].find((field) => field.value.trim() === '');
    if (empty) empty.focus();
    else if (!login.isPending) login.mutate();
  };
  const startAgain = () => {
    setCode(null);
    setPassword('');
    login.reset();
  };
  const wrong = (field: Trouble['at']) => (trouble?.at === field ? trouble.words : undefined);
  const asked = code !== null;
  return (
    <Door
      title={asked ? t('login.codeTitle') : t('login.title')}
      lead={asked ? t('login.codeLead', { email: email.trim() }) : undefined}
    >
      <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {asked ? (
          <Field
            key="code"
            label={t('login.code')}
            help={t('login.codeHelp')}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            value={code}
            onChange={setCode}
            wrong={wrong('code')}
          />
        ) : (
          <>
            <Field
              label={t('login.email')}
              name="email"
              type="email"
              autoComplete="username"
              autoFocus
              value={email}
              onChange={setEmail}
              wrong={wrong('email')}
            />
            <Field
              label={t('login.password')}
              name="password"
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
              wrong={wrong('password')}
            />
          </>
        )}
        {trouble && trouble.at === null && <Wrong>{trouble.words}</Wrong>}
        <Button look="primary" type="submit" isPending={login.isPending}>
          {t('login.submit')}
        </Button>
        {asked && (
          <Button look="quiet" onPress={startAgain}>
            {t('login.back')}
          </Button>
        )}
      </form>
    </Door>
  );
}

/** Takes the focus to the field that is wrong, all of it picked, so that one writes over it. */
export function useFocusOn(trouble: Trouble | null) {
  const form = useRef<HTMLFormElement>(null);
  const at = trouble?.at ?? null;
  const words = trouble?.words;
  useEffect(() => {
    if (at === null || words === undefined) return;
    const field = form.current?.elements.namedItem(at);
    if (field instanceof HTMLInputElement) field.select();
  }, [at, words]);
  return form;
}
