import { expect, it } from 'vitest';
import { adopt, keep, type Listed } from './kept';
import type { Sent } from './sends';

function memory(): Listed & { all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    getItem: (name) => all.get(name) ?? null,
    setItem: (name, value) => void all.set(name, value),
    removeItem: (name) => void all.delete(name),
    key: (index) => [...all.keys()][index] ?? null,
    get length() {
      return all.size;
    },
  };
}

const sent = (key: string, time: number): Sent => ({
  key,
  conversation: '1',
  body: { kind: 'text', text: key },
  lastSeen: null,
  after: 0,
  time,
  files: [],
  state: 'waiting',
  offline: true,
});

it('leaves to the next tab what the closed ones had not sent, once and in order', () => {
  const storage = memory();
  keep(storage, '7', 'a', [sent('two', 2), sent('four', 4)]);
  keep(storage, '7', 'b', [sent('three', 3), sent('two', 2)]);
  keep(storage, '8', 'c', [sent('another agent', 1)]);
  storage.setItem('parlance.inbox.sends.7.d', 'no JSON');
  storage.setItem('parlance.inbox.sends.7.e', '[null, 3, {"key":1}]');
  expect(adopt(storage, '7').map(({ key }) => key)).toEqual(['two', 'three', 'four']);
  expect(adopt(storage, '7')).toEqual([]);
  expect(adopt(storage, '8').length).toBe(1);
});

it('forgets what has arrived, and does without a storage', () => {
  const storage = memory();
  keep(storage, '7', 'a', [sent('one', 1)]);
  keep(storage, '7', 'a', []);
  expect(storage.all.size).toBe(0);
  keep(null, '7', 'a', [sent('one', 1)]);
  expect(adopt(null, '7')).toEqual([]);
});
