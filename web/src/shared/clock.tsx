/** The world's clock, which may stand anywhere: an offset to the browser's, and a tick for what counts down. */
import { createContext, useContext, useEffect, useState } from 'react';

/** Milliseconds that the world is ahead of the browser. */
export const Offset = createContext(0);

/** The world's time, renewed every `tick` milliseconds. */
export function useNow(tick = 10_000): number {
  const offset = useContext(Offset);
  const [browser, setBrowser] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setBrowser(Date.now()), tick);
    return () => clearInterval(timer);
  }, [tick]);
  return browser + offset;
}
