import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { answer, api, type Schemas } from '../data/api';
import { newestHere, firstUnread } from './seen';

interface Facts {
  conversation: Schemas['Conversation'];
  messages: readonly Schemas['Message'][];
  outbox: readonly Schemas['Outbox'][];
  /** Whether the end of the thread is on screen. */
  atBottom: boolean;
  me: string;
  mayWrite: boolean;
}

/** For how long something is on screen before it counts as read, in milliseconds. */
const LOOKED = 400;

/** What of a thread was on screen: where "new" begins, what stands below, and what a send names as seen. */
export function useRead({ conversation, messages, outbox, atBottom, me, mayWrite }: Facts) {
  const { id, unread } = conversation;
  // What was unread when the thread was opened; it stays marked for as long as one looks.
  const [firstNew] = useState(() => firstUnread(messages, unread));
  const visible = useVisible();
  const looks = atBottom && visible;
  const newest = newestHere(messages, outbox, me);
  const [seen, setSeen] = useState(newest);
  if (looks && seen?.name !== newest?.name) setSeen(newest);
  const name = useRef<string | null>(null);
  useEffect(() => {
    name.current = seen?.name ?? null;
  });
  const lastSeen = useCallback(() => name.current, []);
  const below = looks
    ? 0
    : messages.filter((message) => message.side === 'person' && message.seq > (seen?.seq ?? 0)).length;
  useEffect(() => {
    if (!looks || unread === 0 || !mayWrite) return;
    const timer = setTimeout(() => {
      const params = { path: { id } };
      void answer(api.POST('/inbox/api/conversations/{id}', { params, body: { do: 'mark_read' } })).catch(
        () => undefined,
      );
    }, LOOKED);
    return () => clearTimeout(timer);
  }, [id, looks, unread, mayWrite]);
  return { firstNew, unseen: below, lastSeen };
}

const watch = (told: () => void) => {
  document.addEventListener('visibilitychange', told);
  return () => document.removeEventListener('visibilitychange', told);
};

/** Whether the page is looked at. */
const useVisible = () => useSyncExternalStore(watch, () => document.visibilityState === 'visible');
