/** Parts that are not needed to begin with: fetched with the first key or touch, so that they are there when they are wanted. */
import { useEffect } from 'react';

export const later = {
  pick: () => import('../list/pick/OpenList'),
  found: () => import('../list/SearchResults'),
  me: () => import('./MePanel'),
  save: () => import('../list/SaveForm'),
  palette: () => import('./PaletteDialog'),
  keys: () => import('./KeysDialog'),
};

const SIGNS = ['keydown', 'pointerdown', 'pointermove'] as const;

/** Fetches them as soon as somebody does anything here. */
export function useLaterParts() {
  useEffect(() => {
    const fetchAll = () => {
      end();
      // What cannot be fetched now is fetched when it is wanted, and says so then.
      for (const part of Object.values(later)) part().catch(() => undefined);
    };
    const end = () => SIGNS.forEach((sign) => document.removeEventListener(sign, fetchAll));
    SIGNS.forEach((sign) => document.addEventListener(sign, fetchAll, { passive: true }));
    return end;
  }, []);
}
