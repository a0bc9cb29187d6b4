import { expect, it } from 'vitest';
import { ago, dayLine, differentDay, left, stopwatch } from './time';

const at = (text: string) => new Date(text).getTime();
const NOW = at('2026-11-26T14:05:00');

it('names days as people do', () => {
  const rows = [
    ['2026-11-26T00:00:00', 'Today'],
    ['2026-11-25T23:59:59', 'Yesterday'],
    ['2026-11-23T12:00:00', 'Monday'],
    ['2026-11-03T12:00:00', 'November 3'],
    ['2025-11-03T12:00:00', 'November 3, 2025'],
  ] as const;
  for (const [time, line] of rows) expect(dayLine(at(time), NOW)).toBe(line);
  expect(differentDay(at('2026-11-25T23:59:59'), NOW)).toBe(true);
  expect(differentDay(at('2026-11-26T00:00:00'), NOW)).toBe(false);
});

it('says how long ago in one unit, and never the future', () => {
  const rows = [
    [0, 'now'],
    [-5_000, 'now'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [86_400_000, '1 d'],
    [15 * 86_400_000, '2 w'],
  ] as const;
  for (const [age, words] of rows) expect(ago(NOW - age, NOW)).toBe(words);
});

it('says what is left in two units at most', () => {
  expect(left(0)).toBe('0 min');
  expect(left(24 * 3_600_000)).toBe('1 d');
  expect(left(22 * 3_600_000 + 5 * 60_000)).toBe('22 h 5 min');
  expect(left(6 * 86_400_000 + 3 * 3_600_000)).toBe('6 d 3 h');
  expect(stopwatch(67_400)).toBe('1:07');
});
