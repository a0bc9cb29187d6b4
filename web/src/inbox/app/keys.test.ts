import { expect, it } from 'vitest';
import type { Action } from './actions';
import { Keyboard } from './keys';

const row = (id: string, keys: string): Action => ({ id, label: id, group: 'go', keys, run: () => undefined });
const ROWS = [row('next', 'j'), row('mine', 'g m'), row('mention', 'm'), row('palette', 'mod+k')];
const key = (name: string, more = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...more });

it('finds single keys, sequences and the command key', () => {
  const keyboard = new Keyboard();
  const pressed = (name: string, at: number, more = {}, single = true) =>
    keyboard.press(key(name, more), ROWS, single, at)?.id ?? null;
  expect(pressed('j', 0)).toBe('next');
  expect([pressed('g', 1), pressed('m', 900)]).toEqual([null, 'mine']);
  expect([pressed('g', 1_000), pressed('m', 3_000)]).toEqual([null, 'mention']);
  expect([pressed('g', 4_000), pressed('j', 4_001)]).toEqual([null, 'next']);
  expect(pressed('K', 5_000, { ctrlKey: true })).toBe('palette');
  expect(pressed('j', 6_000, { altKey: true })).toBe(null);
  expect(pressed('j', 7_000, {}, false)).toBe(null);
  expect(pressed('k', 8_000, { metaKey: true }, false)).toBe('palette');
});
