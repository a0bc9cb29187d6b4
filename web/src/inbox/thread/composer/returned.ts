/** What was refused, back in the hands of its author: nothing that was written is lost. */
import type { Refused, Schemas } from '../../data/api';
import type { Sent } from './sends';
import type { Writing } from './writing';

/** What is being written after something came back, in front of what was begun since. */
export function giveBack(writing: Writing, sent: readonly Sent[], why: Refused): Partial<Writing> {
  const texts = sent.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []));
  const files = sent.flatMap(({ files: own }) => own);
  const answered = sent.flatMap(({ body }) => (body.kind === 'text' && body.reply_to ? [body.reply_to] : []));
  return {
    mode: 'reply',
    text: [...texts, writing.text].filter((text) => text !== '').join('\n'),
    files: [...files, ...writing.files],
    replyTo: answered[0] ?? writing.replyTo,
    returned: { message: why.message, newer: why.why.newer ?? null },
  };
}

/** What the author has seen once they have read what stands against their answer: the latest of it to arrive. */
export function newestOf(newer: NonNullable<Writing['returned']>['newer'], known: string | null): string | null {
  const arrived = newer?.messages.reduce<Schemas['Message'] | null>(
    (last, one) => (last && last.seq > one.seq ? last : one),
    null,
  );
  const leaving = newer?.outbox.at(-1);
  // Which of the two came last is told by their times alone.
  return leaving && leaving.created_time >= (arrived?.sent_time ?? 0)
    ? `outbox:${leaving.id}`
    : (arrived?.mid ?? known);
}
