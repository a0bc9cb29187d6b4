import { expect, it } from 'vitest';
import type { Happening } from './facts';
import { happened } from './happened';

const names = new Map([
  ['7', 'Ana'],
  ['8', 'Ben'],
  ['30', 'Wholesale'],
]);
const say = (kind: Happening['kind'], part: Partial<Happening> = {}) =>
  happened({ seq: 1, kind, agent: '7', subject: null, detail: null, created_time: 0, ...part }, names);

it('says what happened, and who did it where somebody did', () => {
  expect(say('assigned', { subject: '7' })).toBe('Ana took this');
  expect(say('assigned', { subject: '8' })).toBe('Ana assigned this to Ben');
  expect(say('assigned', { subject: '8', agent: null })).toBe('Assigned to Ben');
  expect(say('team', { subject: '30' })).toBe('Ana assigned this to Wholesale');
  expect(say('unassigned')).toBe('Ana removed the assignee');
  expect(say('snoozed', { detail: '1795687819591' })).toMatch(/^Ana snoozed this until \w/);
  expect(say('returned', { agent: null })).toBe('Back from snooze');
  expect(say('reopened', { agent: null })).toBe('Reopened');
  expect(say('resolved', { agent: '99' })).toBe('Former agent resolved this');
  expect(say('labelled', { detail: 'Restock' })).toBe('Ana added the label Restock');
  expect(say('prioritised', { detail: '3' })).toBe('Ana set the priority: Urgent');
  expect(say('standby', { agent: null })).toBe('Another app answers from here on');
  expect(say('cloned' as never)).toBe('Not shown here: cloned');
});
