import { expect, it } from 'vitest';
import { newestOf, rows, type Message } from './group';

const message = (id: string, from: string, created_time: string, more: Partial<Message> = {}): Message => ({
  id,
  from,
  text: id,
  created_time,
  ...more,
});

const NEWEST_FIRST = [
  message('e', 'harbor', '2026-11-26T10:05:00Z', { is_unsent: true }),
  message('d', 'harbor', '2026-11-26T10:04:00Z'),
  message('c', 'mira', '2026-11-26T10:03:30Z'),
  message('b', 'mira', '2026-11-26T10:02:00Z'),
  message('a', 'mira', '2026-11-24T10:00:00Z'),
];

it('groups what one side wrote within two minutes, and begins days', () => {
  const found = rows(NEWEST_FIRST).map((row) => [row.message.id, row.day, row.first, row.last]);
  expect(found).toEqual([
    ['a', true, true, true],
    ['b', true, true, false],
    ['c', false, false, true],
    ['d', false, true, true],
    ['e', false, true, true],
  ]);
  expect(rows([])).toEqual([]);
});

it('finds the newest message of a side', () => {
  expect(newestOf(NEWEST_FIRST, 'mira')).toBe('c');
  expect(newestOf(NEWEST_FIRST, 'jonas')).toBeNull();
});
