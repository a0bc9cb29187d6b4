/** Whether a comment can be answered privately, and if not, why: once, within seven days (contract send 3.3). */
import type { Schemas } from '../data/api';

export type Comment = Schemas['Comment'];

export type Standing =
  /** It can be answered for so many milliseconds; one of a broadcast only as long as that lasts. */
  | { is: 'open'; left: number; live: boolean }
  | { is: 'sending' }
  | { is: 'answered' }
  | { is: 'failed'; outbox: string; sentence: string }
  /** Nobody was told who wrote it. */
  | { is: 'nobody' }
  | { is: 'late' };

export function standingOf(comment: Comment, now: number): Standing {
  const { outbox, reply, customer, reply_until, live } = comment;
  if (outbox) {
    if (reply === 'failed')
      return { is: 'failed', outbox, sentence: comment.reply_sentence ?? comment.reply_reason ?? '' };
    return reply === 'queued' || reply === 'sending' ? { is: 'sending' } : { is: 'answered' };
  }
  if (!customer) return { is: 'nobody' };
  return now > reply_until ? { is: 'late' } : { is: 'open', left: reply_until - now, live };
}

/** The comment as it is once its reply waits to be sent. */
export const answering = (comment: Comment, outbox: string): Comment => ({
  ...comment,
  outbox,
  reply: 'queued',
  reply_reason: null,
  reply_sentence: null,
});

/** What it was written under; null for a kind that is not known here. */
export function placeOf({ product }: Pick<Comment, 'product'>): 'post' | 'reel' | 'story' | 'ad' | null {
  switch (product) {
    case 'FEED':
      return 'post';
    case 'REELS':
      return 'reel';
    case 'STORY':
      return 'story';
    case 'AD':
      return 'ad';
    default:
      return null;
  }
}
