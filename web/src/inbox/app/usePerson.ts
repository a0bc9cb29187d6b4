/** The person's pane: beside the thread where there is room, else over it. */
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback, useSyncExternalStore } from 'react';
import { layout, usePanes } from './layout';

/** From where on all panes have room side by side: the token `--breakpoint-wide`. */
const query = () =>
  window.matchMedia(`(min-width: ${getComputedStyle(document.documentElement).getPropertyValue('--breakpoint-wide')})`);
let known: MediaQueryList | undefined;
const media = () => (known ??= query());

export const useIsWide = () =>
  useSyncExternalStore(
    (watcher) => {
      media().addEventListener('change', watcher);
      return () => media().removeEventListener('change', watcher);
    },
    () => media().matches,
  );

/** Whether the person's pane is shown, and what shows or hides it. For the thread's header and for the pane's own way back. */
export function usePersonPane(): { shown: boolean; wide: boolean; toggle: () => void } {
  const wide = useIsWide();
  const { person } = usePanes();
  const over = useLocation({ select: ({ state }) => state.person === true });
  const navigate = useNavigate();
  const router = useRouter();
  const toggle = useCallback(() => {
    if (wide) layout.toggle('person');
    else if (over) router.history.back();
    else
      void navigate({
        to: '.',
        search: (now) => now as object,
        state: (now) => ({ ...now, person: true }),
      });
  }, [wide, over, navigate, router]);
  return { shown: wide ? !person.folded : over, wide, toggle };
}
