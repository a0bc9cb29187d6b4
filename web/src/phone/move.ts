import { createContext, useContext } from 'react';
import type { Place } from './desk';

/** Goes from screen to screen within a handset. */
export interface Mover {
  to: (place: Place) => void;
  back: () => void;
}

export const Move = createContext<Mover>({ to: () => undefined, back: () => undefined });
export const useMove = () => useContext(Move);
