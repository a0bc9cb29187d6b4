/** Being at a conversation: told while its thread is open and looked at, and whether one is writing. */
import { useCallback, useEffect, useRef } from 'react';
import { api } from '../data/api';

/** How often it is said again, in milliseconds: others forget who has not been heard of for 30 seconds. */
const AGAIN = 10_000;
/** For how long somebody counts as writing after a key. */
const WRITES = 5_000;

const path = (id: string) => `/inbox/api/conversations/${encodeURIComponent(id)}/presence`;

/** Tells others that one is here; the answer is to be called with every key that is typed. */
export function useThere(id: string): () => void {
  const typed = useRef<() => void>(() => undefined);
  useEffect(() => {
    let typing = false;
    let end: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      if (document.visibilityState !== 'visible') return;
      const params = { params: { path: { id } } };
      void api.PUT('/inbox/api/conversations/{id}/presence', { ...params, body: { typing } }).catch(() => undefined);
    };
    const leave = () => {
      // The page may be going away, so the call has to outlive it.
      const headers = { 'x-parlance-inbox': '1' };
      void fetch(path(id), { method: 'DELETE', headers, keepalive: true }).catch(() => undefined);
    };
    typed.current = () => {
      clearTimeout(end);
      end = setTimeout(() => {
        typing = false;
        say();
      }, WRITES);
      if (typing) return;
      typing = true;
      say();
    };
    const look = () => (document.visibilityState === 'visible' ? say() : leave());
    say();
    const timer = setInterval(say, AGAIN);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('pagehide', leave);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [id]);
  return useCallback(() => typed.current(), []);
}
