import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Link2Off } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { EmptyState } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { answer, api } from '../data/api';
import { Door, Wrong } from './Door';
import { useFocusOn } from './Login';
import { useEnter } from './enter';
import { isOver, lacks, troubleOf, type Trouble } from './trouble';

/** Comes in by a one-time link, whose secret stands behind `#`, where no server log sees it. */
export function Join() {
  const navigate = useNavigate();
  const [link] = useState(() => location.hash.slice(1));
  const [over, setOver] = useState(false);
  const toLogin = (
    <Button look="plain" onPress={() => void navigate({ to: '/' })}>
      {t('join.login')}
    </Button>
  );
  if (link === '' || over) {
    return (
      <Door title={t('join.title')}>
        <div role="alert">
          <EmptyState icon={Link2Off} title={over ? t('join.over') : t('join.cut')} action={toLogin}>
            {over ? t('join.overWhy') : t('join.cutWhy')}
          </EmptyState>
        </div>
      </Door>
    );
  }
  return <Newcomer link={link} over={() => setOver(true)} />;
}

function Newcomer({ link, over }: { link: string; over: () => void }) {
  const enter = useEnter();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const join = useMutation({
    mutationFn: () => {
      const body = { link, name: name.trim(), email: email.trim(), password };
      return answer(api.POST('/inbox/api/join', { body }));
    },
    onSuccess: async (me) => {
      await navigate({ to: '/', replace: true });
      await enter(me);
    },
    onError: (error) => {
      if (isOver(error)) over();
    },
  });
  const missing = lacks(password);
  const short: Trouble | null =
    tried && missing > 0 ? { at: 'password', words: t('join.short', { count: missing }) } : null;
  const trouble = short ?? troubleOf(join.error);
  const form = useFocusOn(trouble);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing === 0 && !join.isPending) join.mutate();
  };
  const wrong = (field: Trouble['at']) => (trouble?.at === field ? trouble.words : undefined);
  return (
    <Door title={t('join.title')} lead={t('join.lead')}>
      <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field
          label={t('join.name')}
          help={t('join.nameHelp')}
          name="name"
          autoComplete="name"
          autoFocus
          value={name}
          onChange={setName}
          wrong={wrong('name')}
        />
        <Field
          label={t('login.email')}
          name="email"
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          wrong={wrong('email')}
        />
        <Field
          label={t('join.password')}
          help={t('join.rule')}
          name="password"
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          wrong={wrong('password')}
        />
        {trouble && trouble.at === null && <Wrong>{trouble.words}</Wrong>}
        <Button
          look="primary"
          type="submit"
          isPending={join.isPending}
          isDisabled={name.trim() === '' || email.trim() === '' || password === ''}
        >
          {t('join.submit')}
        </Button>
      </form>
    </Door>
  );
}
