import { expect, it } from 'vitest';
import { freshAbove, shift } from './anchor';

it('keeps what is seen where it is, also when one of it moves to the top', () => {
  const before = ['a', 'b', 'c', 'd', 'e'];
  expect(shift(before, ['x', 'y', ...before], 2)).toBe(2);
  expect(shift(before, ['b', 'c', 'd', 'e'], 2)).toBe(-1);
  expect(shift(before, ['e', 'a', 'b', 'c', 'd'], 2)).toBe(1);
  // The first that is seen jumps up: what is below it stands still.
  expect(shift(before, ['c', 'a', 'b', 'd', 'e'], 2)).toBe(0);
  expect(shift(before, [], 2)).toBe(0);
});

it('counts what came above, as far as it is unread', () => {
  const all = [
    { id: '1', unread: 1, last_time: 9 },
    { id: '2', unread: 0, last_time: 8 },
    { id: '3', unread: 2, last_time: 7 },
    { id: '4', unread: 1, last_time: 5 },
  ];
  expect(freshAbove(all, 5)).toBe(2);
  expect(freshAbove(all, 9)).toBe(0);
});
