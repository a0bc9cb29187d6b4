import { Monitor, Moon, Sun } from 'lucide-react';
import { THEMES, setTheme, useTheme } from '../theme';
import { t } from '../words';
import { IconButton } from './Button';

const ICONS = { system: Monitor, light: Sun, dark: Moon };
export const THEME_WORDS = { system: 'theme.system', light: 'theme.light', dark: 'theme.dark' } as const;

/** Goes from one theme to the next. */
export function ThemeButton() {
  const theme = useTheme();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  return (
    <IconButton
      icon={ICONS[theme]}
      label={t('theme.label', { theme: t(THEME_WORDS[theme]) })}
      onPress={() => setTheme(next)}
    />
  );
}
