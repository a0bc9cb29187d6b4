import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { setTheme, THEMES, useTheme, type Theme } from '../../shared/theme';
import { t, tag, keepLanguage, languages } from '../../shared/words';
import { Button } from '../../shared/ui/Button';
import { Switch } from '../../shared/ui/Switch';
import { useDesk } from './Desk';
import { setSingleKeys, singleKeys } from './keys';
import { useAvailable, useLogOut } from './own';

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
