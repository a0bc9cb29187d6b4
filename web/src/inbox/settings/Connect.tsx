import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { t } from '../../shared/words';
import { answer, api, Refused, type Schemas } from '../data/api';
import { connections } from '../data/queries';
import { Submit } from './parts';

export type Connected = Schemas['Connected'];

interface Props {
  lead: string;
  /** Where the Graph API is, of an account that is connected anew. */
  graphUrl?: string;
  connected: (connected: Connected) => void;
  cancel: () => void;
}

/** What an account is connected with. */
export function Connect({ lead, graphUrl = '', connected, cancel }: Props) {
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const [secret, setSecret] = useState('');
  const [graph, setGraph] = useState(graphUrl);
  const [app, setApp] = useState('');
  const [reach, setReach] = useState(location.origin);
  const connect = useMutation({
    mutationFn: () => {
      const body = {
        token: token.trim(),
        app_secret: secret.trim(),
        ...(graph.trim() ? { graph_url: graph.trim() } : {}),
        ...(app.trim() ? { app_id: app.trim(), public_url: reach.trim() } : {}),
      };
      return answer(api.POST('/inbox/api/connections', { body }));
    },
    onSuccess: async (done) => {
      await client.invalidateQueries({ queryKey: connections().queryKey });
      connected(done);
    },
  });
  const field = connect.error instanceof Refused ? connect.error.why.field : null;
  const wrong = (name: string) => (field === name ? connect.error?.message : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!connect.isPending) connect.mutate();
  };
  const isPlaced = field === 'token' || field === 'public_url' || field === 'graph_url';
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <p className="text-dense text-muted">{lead}</p>
      <Field
        label={t('settings.accounts.token')}
        help={t('settings.accounts.tokenHelp')}
        type="password"
        autoComplete="off"
        autoFocus
        value={token}
        onChange={setToken}
        wrong={wrong('token')}
      />
      <Field
        label={t('settings.accounts.secret')}
        help={t('settings.accounts.secretHelp')}
        type="password"
        autoComplete="off"
        value={secret}
        onChange={setSecret}
      />
      <Field
        label={t('settings.accounts.graph')}
        help={t('settings.accounts.graphHelp')}
        type="url"
        autoComplete="off"
        value={graph}
        onChange={setGraph}
        wrong={wrong('graph_url')}
      />
      <Field
        label={t('settings.accounts.app')}
        help={t('settings.accounts.appHelp')}
        inputMode="numeric"
        autoComplete="off"
        value={app}
        onChange={setApp}
      />
      {app.trim() !== '' && (
        <Field
          label={t('settings.accounts.reach')}
          help={t('settings.accounts.reachHelp')}
          type="url"
          autoComplete="off"
          value={reach}
          onChange={setReach}
          wrong={wrong('public_url')}
        />
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Submit
          label={t('settings.accounts.connect')}
          of={isPlaced ? { ...connect, error: null } : connect}
          isDisabled={token.trim() === '' || secret.trim() === ''}
        />
        <Button look="quiet" onPress={cancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
