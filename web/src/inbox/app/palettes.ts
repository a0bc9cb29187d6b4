/** Which of the two lists stands above the page: all actions, or the keys. */
import { useSyncExternalStore } from 'react';

export type PaletteName = 'all' | 'keys';

let open: PaletteName | null = null;
const watchers = new Set<() => void>();

function become(next: PaletteName | null) {
  open = next;
  watchers.forEach((watcher) => watcher());
}

export const openPalette = (name: PaletteName) => become(name);
export const closePalette = () => become(null);

export const useOpenPalette = () =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    () => open,
  );
