import { expect, it } from 'vitest';
import { keyNames } from './KeySigns';
import { figure } from './figure';
import { chunks } from './triage';
import { may } from '../data/may';
import { targetsOf } from '../list/useListActions';
import { byLoad, takes } from '../list/pick/AssignPick';
import { have } from '../list/pick/LabelPick';
import { conversation } from '../data/fixture';
import type { Schemas } from '../data/api';

it('takes many in parts', () => {
  expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(chunks([], 2)).toEqual([]);
});

it('acts on what is chosen, else what is open, else where the keyboard is', () => {
  expect(targetsOf(new Set(['a', 'b']), 'c', 'd')).toEqual(['a', 'b']);
  expect(targetsOf(new Set(), 'c', 'd')).toEqual(['c']);
  expect(targetsOf(null, null, 'd')).toEqual(['d']);
  expect(targetsOf(null, null, null)).toEqual([]);
});

it('offers things from the smallest role on', () => {
  const roles = ['read_only', 'agent', 'supervisor', 'owner'] as const;
  expect(roles.map((role) => may(role, 'triage'))).toEqual([false, true, true, true]);
  expect(roles.map((role) => may(role, 'arrange'))).toEqual([false, false, true, true]);
  expect(roles.map((role) => may(role, 'own_business'))).toEqual([false, false, false, true]);
});

it('shows who has most room first, and nobody who only reads', () => {
  const agent = (name: string, open_count: number, capacity: number, available = true) =>
    ({ name, open_count, capacity, available, active: true, role: 'agent' }) as Schemas['Agent'];
  const all = [agent('away', 0, 10, false), agent('full', 10, 10), agent('half', 5, 10), agent('free', 0, 5)];
  expect(byLoad(all).map(({ name }) => name)).toEqual(['free', 'half', 'full', 'away']);
  expect([{ ...all[0]!, role: 'read_only' as const }, { ...all[0]!, active: false }, all[0]!].map(takes)).toEqual([
    false,
    false,
    true,
  ]);
});

it('tells labels of all, of some, and of none apart', () => {
  const two = [conversation('1', { labels: ['a', 'b'] }), conversation('2', { labels: ['a'] })];
  expect(['a', 'b', 'c'].map((label) => have(label, two))).toEqual(['all', 'some', 'none']);
});

it('names figures and keys', () => {
  expect([0, 99, 100, 1000].map(figure)).toEqual(['0', '99', '99+', '99+']);
  expect(['g m', 'mod+k', 'E', 'Enter', '?'].map((keys) => keyNames(keys, false))).toEqual([
    [['G'], ['M']],
    [['Ctrl', 'K']],
    [['⇧', 'E']],
    [['↵']],
    [['?']],
  ]);
});
