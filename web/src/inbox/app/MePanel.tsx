import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { reason } from '../../shared/api/client';
import { setTheme, THEMES, useTheme, type Theme } from '../../shared/theme';
import { t, tag, keepLanguage, languages } from '../../shared/words';
import { Button } from '../../shared/ui/Button';
import { Switch } from '../../shared/ui/Switch';
import { answer, api } from '../data/api';
import { session } from '../data/queries';
import { useDesk } from './Desk';
import { setSingleKeys, singleKeys } from './keys';
import { notices } from './notices';

/** Takes oneself out of the round, or back in: shown at once. */
export function useAvailable() {
  const client = useQueryClient();
  const { queryKey } = session();
  const show = (available: boolean) =>
    client.setQueryData(queryKey, (now) => now && { ...now, agent: { ...now.agent, available } });
  return useMutation({
    mutationFn: (available: boolean) => answer(api.PUT('/inbox/api/me/available', { body: { available } })),
    onMutate: show,
    onError: (error, available) => {
      show(!available);
      notices.tell({ text: reason(error), failed: true });
    },
  });
}

/** Goes out; what was read goes with it. */
export function useLogOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE('/inbox/api/session')),
    onSuccess: () => {
      client.clear();
      window.location.reload();
    },
    onError: (error) => notices.tell({ text: reason(error), failed: true }),
  });
}

/** What is one's own at hand. */
export function MePanel() {
  const { me } = useDesk();
  const available = useAvailable();
  const logOut = useLogOut();
  const theme = useTheme();
  const [keys, setKeys] = useState(singleKeys);
  return (
    <div className="flex flex-col p-3">
      <p className="truncate font-medium">{me.name}</p>
      <p className="truncate pb-1 text-meta text-muted">
        {t(`inbox.role.${me.role}`)} · <span dir="ltr">{me.email}</span>
      </p>
      {me.role !== 'read_only' && (
        <Switch
          label={me.available ? t('inbox.available') : t('inbox.away')}
          isSelected={me.available}
          onChange={(on) => available.mutate(on)}
        />
      )}
      <Switch
        label={t('inbox.keysOn')}
        isSelected={keys}
        onChange={(on) => {
          setSingleKeys(on);
          setKeys(on);
        }}
      />
      <Choose
        label={t('inbox.theme')}
        value={theme}
        options={THEMES.map((id) => ({ id, name: t(`theme.${id}`) }))}
        choose={(id) => setTheme(id as Theme)}
      />
      {languages.length > 1 && (
        <Choose
          label={t('inbox.language')}
          value={tag()}
          options={languages.map(({ tag: id, name }) => ({ id, name }))}
          choose={(id) => {
            keepLanguage(id);
            window.location.reload();
          }}
        />
      )}
      <Button icon={LogOut} className="mt-2" isDisabled={logOut.isPending} onPress={() => logOut.mutate()}>
        {t('inbox.logOut')}
      </Button>
    </div>
  );
}

interface ChooseProps {
  label: string;
  value: string;
  options: { id: string; name: string }[];
  choose: (id: string) => void;
}

function Choose({ label, value, options, choose }: ChooseProps) {
  return (
    <label className="flex min-h-setting items-center justify-between gap-3 py-px">
      {label}
      <select
        value={value}
        onChange={(event) => choose(event.target.value)}
        className="min-h-hit min-w-0 rounded-control border border-control bg-raised px-1 text-dense touch:min-h-touch"
      >
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
