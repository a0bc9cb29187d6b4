/** Light, dark, or as the system has it. The choice is kept for all faces. */
import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'parlance.theme';
const listeners = new Set<() => void>();
const systemIsDark = () => window.matchMedia('(prefers-color-scheme: dark)');

function stored(): Theme {
  try {
    const text = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === text) ?? 'system';
  } catch {
    return 'system';
  }
}

let current: Theme = 'system';

/** The theme that is shown. */
export function shown(theme: Theme, dark: boolean): 'light' | 'dark' {
  return theme === 'system' ? (dark ? 'dark' : 'light') : theme;
}

function show() {
  document.documentElement.dataset['theme'] = shown(current, systemIsDark().matches);
}

/** Applies the stored choice and follows the system. To be called once, before anything is drawn. */
export function startTheme() {
  current = stored();
  show();
  systemIsDark().addEventListener('change', show);
}

export function setTheme(theme: Theme) {
  current = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
  show();
  listeners.forEach((listener) => listener());
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
