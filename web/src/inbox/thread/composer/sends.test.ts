import { describe, expect, it } from 'vitest';
import { Offline } from '../../../shared/api/client';
import { Refused } from '../../data/api';
import { Sends, type Sent } from './sends';

/** A desk whose answers come when the test says so. */
function stage() {
  const calls: { key: string; done: () => void; fail: (error: unknown) => void }[] = [];
  const timers: (() => void)[] = [];
  let kept: string[] = [];
  const back: string[][] = [];
  const sends = new Sends({
    post: ({ key }) => new Promise<void>((done, fail) => calls.push({ key, done, fail })),
    taken: () => Promise.resolve(),
    refused: (sent) => back.push(sent.map((one) => one.key)),
    keep: (waiting) => (kept = waiting.map((one) => one.key)),
    later: (run) => timers.push(run),
  });
  const states = (conversation = '1') => sends.of(conversation).map((one) => `${one.key} ${one.state}`);
  return { sends, calls, timers, back, states, kept: () => kept };
}

const sent = (key: string, conversation = '1'): Omit<Sent, 'state' | 'offline'> => ({
  key,
  conversation,
  body: { kind: 'text', text: key },
  lastSeen: null,
  after: 0,
  time: 0,
  files: [],
});
const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('what leaves the page', () => {
  it('goes in order, one at a time in each conversation', async () => {
    const { sends, calls, states } = stage();
    sends.add([sent('a'), sent('b')]);
    sends.add([sent('c', '2')]);
    expect(calls.map(({ key }) => key)).toEqual(['a', 'c']);
    expect(states()).toEqual(['a sending', 'b waiting']);
    calls[0]!.done();
    await settle();
    expect(calls.map(({ key }) => key)).toEqual(['a', 'c', 'b']);
    calls[2]!.done();
    await settle();
    expect(states()).toEqual([]);
  });

  it('waits while the inbox is not reached, and is tried again under the same name', async () => {
    const { sends, calls, timers, states, kept } = stage();
    sends.add([sent('a'), sent('b')]);
    calls[0]!.fail(new Offline());
    await settle();
    expect(kept()).toEqual(['a', 'b']);
    expect([states(), timers.length]).toEqual([['a waiting', 'b waiting'], 1]);
    expect(sends.of('1')[0]!.offline).toBe(true);
    timers[0]!();
    expect(calls.map(({ key }) => key)).toEqual(['a', 'a']);
    calls[1]!.done();
    await settle();
    expect(calls.map(({ key }) => key)).toEqual(['a', 'a', 'b']);
  });

  it('comes back with all behind it when it is refused', async () => {
    const { sends, calls, back, states } = stage();
    sends.add([sent('a'), sent('b')]);
    sends.add([sent('c', '2')]);
    calls[0]!.fail(new Refused(422, { reason: 'window_closed', message: 'Closed.' }));
    await settle();
    expect(back).toEqual([['a', 'b']]);
    expect([states(), states('2')]).toEqual([[], ['c sending']]);
    expect(calls.length).toBe(2);
  });
});
