import { useCallback, useEffect, useRef } from 'react';

/** Gives what was drawn last, to handlers that are made once. */
export function useLatest<T>(value: T): () => T {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return useCallback(() => latest.current, []);
}
