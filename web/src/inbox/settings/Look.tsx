import { useMutation } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { Button } from '../../shared/ui/Button';
import { reason } from '../../shared/api/client';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { answer, api } from '../data/api';
import { may } from '../data/may';

/** Has the desk look at an account now, for what no webhook told. */
export function Look({ connection }: { connection: string }) {
  const { me } = useDesk();
  const look = useMutation({
    mutationFn: () =>
      answer(api.POST('/inbox/api/connections/{id}/catch_up', { params: { path: { id: connection } } })),
  });
  if (!may(me.role, 'arrange')) return null;
  return (
    <>
      <Button icon={RefreshCw} isPending={look.isPending} onPress={() => look.mutate()}>
        {t('settings.accounts.look')}
      </Button>
      <p role="status" className={`text-dense ${look.error ? 'text-danger' : 'text-muted'}`}>
        {look.error
          ? reason(look.error)
          : look.data
            ? t(look.data.later ? 'settings.accounts.lookedPartly' : 'settings.accounts.looked')
            : t('settings.accounts.lookHelp')}
      </p>
    </>
  );
}
