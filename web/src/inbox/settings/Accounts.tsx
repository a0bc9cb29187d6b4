import { useQuery } from '@tanstack/react-query';
import { AtSign, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/ui/Button';
import { EmptyState } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { may } from '../data/may';
import { connections } from '../data/queries';
import { Account, Told } from './Account';
import { Connect, type Connected } from './Connect';
import { Found, Rows } from './parts';

/** The accounts that people write to. */
export function Accounts() {
  const query = useQuery(connections());
  const { me } = useDesk();
  const [open, setOpen] = useState<string | null>(null);
  const [connecting, setConnecting] = useState(false);
  const [told, setTold] = useState<Connected | null>(null);
  const allowed = may(me.role, 'own_business');
  const done = (connected: Connected) => {
    setTold(connected);
    setConnecting(false);
    setOpen(null);
  };
  const form = (
    <Connect
      connected={done}
      cancel={() => setConnecting(false)}
      lead={t('settings.accounts.connectHelp')}
      {...(query.data?.[0] ? { graphUrl: query.data[0].graph_url } : {})}
    />
  );
  return (
    <Found query={query}>
      {(all) => (
        <>
          {told && <Told connected={told} close={() => setTold(null)} />}
          {all.length > 0 && (
            <Rows label={t('settings.accounts')}>
              {all.map((connection) => (
                <Account
                  key={connection.id}
                  connection={connection}
                  open={open === connection.id}
                  toggle={() => setOpen(open === connection.id ? null : connection.id)}
                  connected={done}
                />
              ))}
            </Rows>
          )}
          {all.length === 0 && !connecting && (
            <EmptyState
              icon={AtSign}
              title={t('settings.accounts.none')}
              action={
                allowed && (
                  <Button look="primary" icon={Plus} onPress={() => setConnecting(true)}>
                    {t('settings.accounts.connect')}
                  </Button>
                )
              }
            >
              {allowed ? t('settings.accounts.noneWhy') : t('settings.accounts.noneAsk')}
            </EmptyState>
          )}
          {connecting && <div className="rounded-card border border-line bg-raised p-3">{form}</div>}
          {allowed && all.length > 0 && !connecting && (
            <div>
              <Button icon={Plus} onPress={() => setConnecting(true)}>
                {t('settings.accounts.connectAnother')}
              </Button>
            </div>
          )}
        </>
      )}
    </Found>
  );
}
