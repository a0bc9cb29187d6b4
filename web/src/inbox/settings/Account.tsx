import { CircleAlert, CircleCheck, LoaderCircle, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../shared/ui/Button';
import { CopyLine } from '../../shared/ui/CopyLine';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import type { Schemas } from '../data/api';
import { may } from '../data/may';
import { Connect, type Connected } from './Connect';
import { Look } from './Look';
import { Fold } from './parts';
import { stateOf, type ConnectionState } from './connection';

type Connection = Schemas['Connection'];

const LOOKS = {
  trouble: { icon: CircleAlert, colour: 'text-danger' },
  importing: { icon: LoaderCircle, colour: 'text-human' },
  connected: { icon: CircleCheck, colour: 'text-open' },
} as const;

interface Props {
  connection: Connection;
  open: boolean;
  toggle: () => void;
  connected: (connected: Connected) => void;
}

/** A connected account: how it is, and what is to be entered on the platform's side. */
export function Account({ connection, open, toggle, connected }: Props) {
  const { me } = useDesk();
  const [again, setAgain] = useState(false);
  const state = stateOf(connection);
  const allowed = may(me.role, 'own_business');
  return (
    <Fold
      open={open}
      toggle={toggle}
      summary={
        <>
          <span className="min-w-0 truncate font-medium max-desk:flex-1">@{connection.username}</span>
          <span className="min-w-0 flex-1 truncate text-dense text-muted max-desk:hidden" dir="ltr">
            {hostOf(connection.graph_url)}
          </span>
          <State state={state} done={connection.import_done} />
        </>
      }
    >
      {connection.trouble_sentence && (
        <p role="alert" className="rounded-control bg-danger-quiet px-3 py-2 text-dense text-danger">
          {connection.trouble_sentence}
        </p>
      )}
      <CopyLine label={t('settings.accounts.callback')} value={callbackOf(`/inbox/webhooks/${connection.id}`)} />
      <CopyLine label={t('settings.accounts.id')} value={connection.account_id} />
      <p className="text-dense text-muted">{t('settings.accounts.verifyOnce')}</p>
      <div className="flex flex-wrap items-center gap-3">
        <Look connection={connection.id} />
        {allowed && !again && <Button onPress={() => setAgain(true)}>{t('settings.accounts.again')}</Button>}
      </div>
      {again && (
        <Connect
          graphUrl={connection.graph_url}
          lead={t('settings.accounts.againHelp')}
          connected={connected}
          cancel={() => setAgain(false)}
        />
      )}
    </Fold>
  );
}

function State({ state, done }: { state: ConnectionState; done: number }) {
  const { icon: Icon, colour } = LOOKS[state];
  return (
    <span className={`inline-flex items-center gap-1 text-dense font-medium ${colour}`}>
      <Icon className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
      {t(`settings.accounts.state.${state}`, { count: done })}
    </span>
  );
}

const callbackOf = (path: string) => `${location.origin}${path}`;

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

/** What is to be entered on the platform's side, told once. */
export function Told({ connected, close }: { connected: Connected; close: () => void }) {
  const { connection, callback_path, verify_token, subscribed } = connected;
  return (
    <section
      aria-label={t('settings.accounts.told', { name: connection.username })}
      className="flex flex-col gap-3 rounded-card border border-accent bg-accent-quiet p-3"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1" role="status">
          <p className="font-medium">{t('settings.accounts.told', { name: connection.username })}</p>
          <p className="text-dense text-muted">
            {subscribed ? t('settings.accounts.subscribed') : t('settings.accounts.subscribe')}
          </p>
        </div>
        <IconButton icon={X} size="s" label={t('common.close')} onPress={close} />
      </div>
      <CopyLine label={t('settings.accounts.callback')} value={callbackOf(callback_path)} />
      <CopyLine label={t('settings.accounts.verify')} value={verify_token} />
    </section>
  );
}
