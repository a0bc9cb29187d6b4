import { expect, it } from 'vitest';
import { sentenceOf, whoOf, type Entry } from './audit';

const names = {
  agent: (id: string) => ({ '1': 'Ana', '2': 'Ben' })[id],
  team: (id: string) => ({ '7': 'Returns' })[id],
};
const entry = (action: string, target: string, detail = '', agent: string | null = '1'): Entry => ({
  id: '5',
  agent,
  action,
  target,
  detail,
  created_time: 0,
});

it('says what was done in words', () => {
  const rows = [
    [entry('log_in', '1'), 'Logged in'],
    [entry('invite', 'read_only'), 'Made an invitation: Read-only'],
    [entry('agent.change', '2', 'supervisor active'), 'Changed Ben: Supervisor'],
    [entry('agent.change', '2', 'agent locked out'), 'Locked Ben out (Agent)'],
    [entry('team.join', '7', '2'), 'Put Ben into the team Returns'],
    [entry('team.leave', '8', '9'), 'Took somebody who is gone out of the team somebody who is gone'],
    [entry('workspace.change', '3', 'round_robin'), 'Changed the desk; assignment: In turn'],
    [entry('label.melt', '3', 'red'), 'label.melt 3 red'],
  ] as const;
  for (const [told, words] of rows) expect(sentenceOf(told, names)).toBe(words);
});

it('says who did it', () => {
  expect(whoOf(entry('log_in', '1'), names)).toBe('Ana');
  expect(whoOf(entry('agent.add', '1', 'owner', null), names)).toBe('At the first start');
});
