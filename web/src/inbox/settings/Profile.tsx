import { LogOut } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { THEMES, setTheme, useTheme } from '../../shared/theme';
import { Button } from '../../shared/ui/Button';
import { Choice } from '../../shared/ui/Choice';
import { Field } from '../../shared/ui/Field';
import { Select } from '../../shared/ui/Select';
import { Switch } from '../../shared/ui/Switch';
import { THEME_WORDS } from '../../shared/ui/ThemeButton';
import { chosen, keepLanguage, languages, t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { useAvailable, useLogOut } from '../app/own';
import { setSingleKeys, singleKeys } from '../app/keys';
import { may } from '../data/may';
import { useAgentChange } from './agent';
import { Outcome, Part, Submit } from './parts';
import { mayGive } from './roles';

/** What is one's own: name, whether one takes conversations, how the inbox looks. */
export function Profile() {
  const { me } = useDesk();
  return (
    <>
      <Part title={t('settings.profile.who')}>
        {mayGive(me.role, me.role) ? <Name /> : <Fact label={t('settings.name')}>{me.name}</Fact>}
        <Fact label={t('settings.email')}>{me.email}</Fact>
        <Fact label={t('settings.role')}>{t(`role.${me.role}`)}</Fact>
        {!mayGive(me.role, me.role) && <p className="text-meta text-muted">{t('settings.profile.changedByOthers')}</p>}
      </Part>
      {may(me.role, 'reply') && (
        <Part title={t('settings.profile.work')}>
          <Availability />
        </Part>
      )}
      <Part title={t('settings.profile.looks')} help={t('settings.profile.looksHelp')}>
        <Theme />
        <Language />
      </Part>
      <Part title={t('settings.keyboard')}>
        <SingleKeys />
      </Part>
      <div>
        <LogOutButton />
      </div>
    </>
  );
}

function Fact({ label, children }: { label: string; children: string }) {
  return (
    <p className="flex flex-col gap-1">
      <span className="text-meta font-medium text-muted">{label}</span>
      <span className="wrap-anywhere">{children}</span>
    </p>
  );
}

function Name() {
  const { me } = useDesk();
  const [name, setName] = useState(me.name);
  const rename = useAgentChange(me.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!rename.isPending) rename.mutate({ name: name.trim() });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label={t('settings.name')} value={name} onChange={setName} autoComplete="name" />
      <Submit label={t('common.save')} of={rename} isDisabled={name.trim() === '' || name.trim() === me.name} />
    </form>
  );
}

function Availability() {
  const { me } = useDesk();
  const change = useAvailable();
  return (
    <div className="flex flex-col">
      <Switch
        label={t('settings.profile.available')}
        help={t('settings.profile.availableHelp', { count: me.capacity })}
        isSelected={me.available}
        onChange={(available) => change.mutate(available)}
      />
      <Outcome of={change} />
    </div>
  );
}

function Theme() {
  const theme = useTheme();
  const options = THEMES.map((value) => ({ value, label: t(THEME_WORDS[value]) }));
  return <Choice label={t('settings.theme')} options={options} value={theme} onChange={setTheme} />;
}

/** The language that the browser asks for. */
const BROWSER = 'browser';

function Language() {
  const options = [
    { value: BROWSER, label: t('settings.language.browser') },
    ...languages.map(({ tag, name }) => ({ value: tag, label: name })),
  ];
  const choose = (tag: string) => {
    keepLanguage(tag === BROWSER ? null : tag);
    location.reload();
  };
  return <Select label={t('settings.language')} options={options} value={chosen() ?? BROWSER} onChange={choose} />;
}

export function SingleKeys() {
  const [on, setOn] = useState(singleKeys);
  const change = (next: boolean) => {
    setSingleKeys(next);
    setOn(next);
  };
  return (
    <Switch label={t('settings.singleKeys')} help={t('settings.singleKeysHelp')} isSelected={on} onChange={change} />
  );
}

function LogOutButton() {
  const leave = useLogOut();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button icon={LogOut} isPending={leave.isPending} onPress={() => leave.mutate()}>
        {t('settings.logOut')}
      </Button>
      <Outcome of={leave} saved="" />
    </div>
  );
}
