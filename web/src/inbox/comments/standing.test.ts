import { describe, expect, it } from 'vitest';
import { answering, placeOf, standingOf, type Comment } from './standing';

const comment: Comment = {
  id: '1',
  connection: '2',
  customer: '3',
  username: 'mira.paints',
  text: 'Is it warm?',
  media_id: '4',
  product: 'FEED',
  live: false,
  created_time: 1_000,
  reply_until: 5_000,
  outbox: null,
};

describe('where the private reply to a comment stands', () => {
  it('is open until its last moment, which is included', () => {
    expect(standingOf(comment, 2_000)).toEqual({ is: 'open', left: 3_000, live: false });
    expect(standingOf(comment, 5_000)).toEqual({ is: 'open', left: 0, live: false });
    expect(standingOf(comment, 5_001)).toEqual({ is: 'late' });
    expect(standingOf({ ...comment, customer: null }, 2_000)).toEqual({ is: 'nobody' });
  });

  it('is given once', () => {
    const asked = answering(comment, '9');
    expect(standingOf(asked, 2_000)).toEqual({ is: 'sending' });
    expect(standingOf({ ...asked, reply: 'sent' }, 9_000)).toEqual({ is: 'answered' });
    expect(standingOf({ ...asked, reply: null }, 2_000)).toEqual({ is: 'answered' });
    expect(standingOf({ ...asked, reply: 'failed', reply_sentence: 'Too old.' }, 2_000)).toEqual({
      is: 'failed',
      outbox: '9',
      sentence: 'Too old.',
    });
  });
});

it('names what a comment was written under', () => {
  expect(['FEED', 'REELS', 'AD', 'STORY', 'X', null].map((product) => placeOf({ product }))).toEqual([
    'post',
    'reel',
    'ad',
    'story',
    null,
    null,
  ]);
});
