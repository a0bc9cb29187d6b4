import { expect, it } from 'vitest';
import { fieldTime, snoozes } from './snoozes';

const at = (text: string) => new Date(text).getTime();
const shown = (now: string) => snoozes(at(now)).map(({ id, until }) => `${id} ${fieldTime(until)}`);

it('offers times as people say them', () => {
  expect(shown('2026-11-26T10:30:00')).toEqual([
    'hour 2026-11-26T11:30',
    'hours 2026-11-26T13:30',
    'evening 2026-11-26T18:00',
    'tomorrow 2026-11-27T09:00',
    'week 2026-11-30T09:00',
  ]);
});

it('leaves out an evening that is there, and a week that begins tomorrow', () => {
  expect(shown('2026-11-26T17:30:00').some((row) => row.startsWith('evening'))).toBe(false);
  expect(shown('2026-11-29T10:00:00').some((row) => row.startsWith('week'))).toBe(false);
  expect(shown('2026-11-30T10:00:00').at(-1)).toBe('week 2026-12-07T09:00');
});
