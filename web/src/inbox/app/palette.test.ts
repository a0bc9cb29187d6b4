import { expect, it } from 'vitest';
import type { Action } from './actions';
import { listed } from './palette';

const row = (id: string, group: Action['group'], label: string): Action => ({ id, group, label, run: () => undefined });
const ALL = [
  row('go.mine', 'go', 'Go to Mine'),
  row('assign', 'conversation', 'Assign…'),
  row('mine', 'conversation', 'Assign to me'),
  row('dark', 'view', 'Theme: dark'),
];
const shown = (text: string, recent: string[] = []) =>
  listed(ALL, text, recent).map(({ name, actions }) => [name, actions.map(({ id }) => id)]);

it('shows everything by headline, and what was taken last once more on top', () => {
  expect(shown('', ['dark', 'gone'])).toEqual([
    ['recent', ['dark']],
    ['conversation', ['assign', 'mine']],
    ['go', ['go.mine']],
    ['view', ['dark']],
  ]);
});

it('shows what fits, the headline of the best one first', () => {
  expect(shown('assign')).toEqual([['conversation', ['assign', 'mine']]]);
  expect(shown('go m', ['dark'])).toEqual([['go', ['go.mine']]]);
  expect(shown('zzz')).toEqual([]);
});
