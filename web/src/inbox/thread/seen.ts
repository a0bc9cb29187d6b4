/** What was seen of a thread: pure. */
import type { Schemas } from '../data/api';
import { isEvent } from './content/shape';

type Message = Schemas['Message'];

/** Before which message "new" stands: the first of those that were not read, oldest first; null where all were. */
export function firstUnread(messages: readonly Message[], unread: number): string | null {
  if (unread <= 0) return null;
  const said = messages.filter((message) => message.side === 'person' && !isEvent(message.kind));
  return said[Math.max(0, said.length - unread)]?.mid ?? null;
}

/** The newest thing of a thread, as a send names it: the message that arrived last, or what a colleague is still sending. */
export function newestHere(
  messages: readonly Message[],
  outbox: readonly Schemas['Outbox'][],
  me: string,
): { name: string; seq: number } | null {
  let last: Message | null = null;
  for (const message of messages) if (!last || message.seq > last.seq) last = message;
  const seq = last?.seq ?? 0;
  const leaving = outbox.findLast(
    (entry) =>
      entry.agent !== me && (entry.state === 'queued' || entry.state === 'sending') && entry.body?.kind !== 'reaction',
  );
  // Which of the two came last is told by their times alone.
  if (leaving && leaving.created_time >= (last?.sent_time ?? 0)) return { name: `outbox:${leaving.id}`, seq };
  return last ? { name: last.mid, seq } : null;
}
