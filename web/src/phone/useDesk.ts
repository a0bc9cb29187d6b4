/** The desk in the address: reading it, and changing it as the browser's history knows it. */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { HOME, MOST, readDesk, writeDesk, type HandsetState, type Place } from './desk';

const CHANGED = 'parlance:desk';

function subscribe(listener: () => void) {
  window.addEventListener('popstate', listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(CHANGED, listener);
  };
}

export interface DeskActions {
  handsets: HandsetState[];
  go: (index: number, place: Place) => void;
  become: (index: number, person: string | null) => void;
  add: () => void;
  close: (index: number) => void;
}

export function useDesk(): DeskActions {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const handsets = useMemo(() => readDesk(search), [search]);
  const change = useCallback((to: (handsets: HandsetState[]) => HandsetState[]) => {
    const next = writeDesk(to(readDesk(window.location.search)));
    if (next === window.location.search) return;
    window.history.pushState(null, '', `${window.location.pathname}${next}`);
    window.dispatchEvent(new Event(CHANGED));
  }, []);
  const set = (index: number, to: (handset: HandsetState) => HandsetState) =>
    change((all) => all.map((handset, at) => (at === index ? to(handset) : handset)));
  return {
    handsets,
    go: (index, place) => set(index, (handset) => ({ ...handset, place })),
    become: (index, person) => set(index, () => ({ person, place: HOME })),
    add: () => change((all) => (all.length < MOST ? [...all, { person: null, place: HOME }] : all)),
    close: (index) => change((all) => all.filter((_, at) => at !== index)),
  };
}
