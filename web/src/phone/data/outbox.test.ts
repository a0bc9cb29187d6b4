import { expect, it } from 'vitest';
import { Outbox, ascii, next, reduce, type Draft, type Outgoing } from './outbox';

const draft = (text: string): Draft => ({ body: { text }, files: [] });
const settle = () => new Promise((done) => setImmediate(done));

function rig() {
  const calls: { text: string; done: (id: string) => void; fail: (error: Error) => void }[] = [];
  let settled = 0;
  const outbox = new Outbox(
    'mira',
    'harbor',
    () => settled++,
    (person, account, { body }) => {
      expect([person, account]).toEqual(['mira', 'harbor']);
      return new Promise((done, fail) => calls.push({ text: body.text!, done, fail }));
    },
  );
  const states = () => outbox.items().map((item) => `${item.body.text} ${item.state}`);
  return { calls, outbox, states, settled: () => settled };
}

it('sends one after the other, in the order in which they were written', async () => {
  const { calls, outbox, states, settled } = rig();
  outbox.add(draft('a'), 1);
  outbox.add(draft('b'), 2);
  expect(states()).toEqual(['a sending', 'b waiting']);
  expect(calls).toHaveLength(1);
  calls[0]!.done('mid-a');
  await settle();
  expect(states()).toEqual(['a sent', 'b sending']);
  expect(outbox.items()[0]!.id).toBe('mid-a');
  expect(settled()).toBe(1);
});

it('keeps what failed in its place, with the reason, and lets others pass', async () => {
  const { calls, outbox, states } = rig();
  outbox.add(draft('a'), 1);
  outbox.add(draft('b'), 2);
  calls[0]!.fail(new Error('no such account'));
  await settle();
  expect(states()).toEqual(['a failed', 'b sending']);
  expect(outbox.items()[0]!.error).toBe('no such account');
  calls[1]!.done('mid-b');
  await settle();
  outbox.retry(outbox.items()[0]!.key);
  expect(states()).toEqual(['a sending', 'b sent']);
  expect(outbox.items()[0]!.error).toBeUndefined();
});

it('drops what is shown by the server, or discarded', () => {
  const item = (key: string, state: Outgoing['state']): Outgoing => ({ ...draft(key), key, time: 0, state });
  const items = [item('a', 'failed'), item('b', 'waiting')];
  expect(next(items)!.key).toBe('b');
  expect(next([item('a', 'sending'), item('b', 'waiting')])).toBeUndefined();
  expect(reduce(items, { do: 'drop', keys: ['a'] }).map((left) => left.key)).toEqual(['b']);
});

it('names files as the platform takes them', () => {
  expect(ascii('naïve – plan.pdf')).toBe('na_ve _ plan.pdf');
});
