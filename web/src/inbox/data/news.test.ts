import { expect, it } from 'vitest';
import { News, staleBy, type Batch } from './news';

it('hands out a burst as one batch, by conversation', () => {
  const timers: (() => void)[] = [];
  const news = new News((run) => timers.push(run));
  const batches: Batch[] = [];
  const end = news.listen((batch) => batches.push(batch));
  news.add({ kind: 'message', conversation: '1', subject: 'm' });
  news.add({ kind: 'outbox', conversation: '1', subject: '7' });
  news.add({ kind: 'labels' });
  expect([timers.length, batches.length]).toEqual([1, 0]);
  timers[0]!();
  expect([...batches[0]!.kinds]).toEqual(['message', 'outbox', 'labels']);
  expect([...batches[0]!.conversations]).toEqual([['1', new Set(['message', 'outbox'])]]);
  expect(staleBy(batches[0]!)).toEqual([['labels'], ['counts']]);
  expect([...batches[0]!.messages]).toEqual([['1', new Set(['m'])]]);

  news.add({ kind: 'note', conversation: '2' });
  end();
  timers[1]!();
  expect(batches.length).toBe(1);
});
