/** What changes the page itself, or oneself: at hand from everywhere. */
import { useQuery } from '@tanstack/react-query';
import {
  Bookmark,
  CircleCheck,
  CircleSlash,
  Keyboard,
  LogOut,
  Moon,
  PanelLeft,
  PanelRight,
  Sun,
  SunMoon,
} from 'lucide-react';
import { useMemo } from 'react';
import { setTheme, THEMES, useTheme } from '../../shared/theme';
import { t } from '../../shared/words';
import { views } from '../data/queries';
import { readScope } from '../data/scope';
import { useDesk } from './Desk';
import { useAvailable, useLogOut } from './own';
import { useActions, type Action } from './actions';
import { useGo } from './go';
import { setSingleKeys, singleKeys } from './keys';
import { layout } from './layout';
import { usePersonPane } from './usePerson';

const THEME_ICONS = { system: SunMoon, light: Sun, dark: Moon };

export function useScreenActions() {
  const { me } = useDesk();
  const go = useGo();
  const theme = useTheme();
  const { data: saved } = useQuery(views());
  const { toggle: togglePerson } = usePersonPane();
  const { mutate: setAvailable } = useAvailable();
  const { mutate: logOut } = useLogOut();
  const rows = useMemo<Action[]>(
    () => [
      {
        id: 'view.list',
        label: t('act.list'),
        group: 'view',
        icon: PanelLeft,
        keys: '[',
        run: () => layout.toggle('list'),
      },
      { id: 'view.person', label: t('act.person'), group: 'view', icon: PanelRight, keys: ']', run: togglePerson },
      ...THEMES.filter((name) => name !== theme).map((name) => ({
        id: `view.theme.${name}`,
        label: t('theme.label', { theme: t(`theme.${name}`) }),
        group: 'view' as const,
        icon: THEME_ICONS[name],
        run: () => setTheme(name),
      })),
      {
        id: 'view.keys',
        label: t('act.keys'),
        group: 'view',
        icon: Keyboard,
        run: () => setSingleKeys(!singleKeys()),
      },
      ...(me.role === 'read_only'
        ? []
        : [
            {
              id: 'view.available',
              label: me.available ? t('act.away') : t('act.available'),
              group: 'view' as const,
              icon: me.available ? CircleSlash : CircleCheck,
              run: () => setAvailable(!me.available),
            },
          ]),
      { id: 'view.logOut', label: t('inbox.logOut'), group: 'view', icon: LogOut, run: () => logOut() },
    ],
    [theme, me.role, me.available, togglePerson, setAvailable, logOut],
  );
  useActions(rows);
  useActions(
    useMemo<Action[]>(
      () =>
        (saved ?? []).map(({ id, name, query }) => ({
          id: `go.view.${id}`,
          label: t('palette.goTo', { where: name }),
          group: 'go',
          icon: Bookmark,
          run: () => go.scope(readScope(query)),
        })),
      [saved, go],
    ),
  );
}
