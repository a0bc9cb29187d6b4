/** The audit log in words: what was done, to whom or what. */
import { t, type Key } from '../../shared/words';
import type { Schemas } from '../data/api';
import { ROLES } from './roles';

export type Entry = Schemas['Audit'];

/** What ids are called: agents, teams. */
export interface Names {
  agent: (id: string) => string | undefined;
  team: (id: string) => string | undefined;
}

const role = (word: string) => {
  const known = ROLES.find((one) => one === word);
  return known ? t(`role.${known}`) : word;
};

const ASSIGNMENTS = ['manual', 'round_robin', 'balanced'] as const;
const assignment = (word: string) => {
  const known = ASSIGNMENTS.find((one) => one === word);
  return known ? t(`assignment.${known}`) : word;
};

const gone = () => t('audit.gone');

/** What is said of each action. An entry's target and detail are as the desk writes them. */
const SAYS: Record<string, (entry: Entry, names: Names) => string> = {
  log_in: () => t('audit.logIn'),
  log_out: () => t('audit.logOut'),
  invite: ({ target }) => t('audit.invite', { role: role(target) }),
  'agent.add': ({ target, detail }, names) =>
    t('audit.agentAdd', { name: names.agent(target) ?? gone(), role: role(detail) }),
  'agent.change': ({ target, detail }, names) => {
    const [word = '', ...rest] = detail.split(' ');
    const key: Key = rest.join(' ') === 'active' ? 'audit.agentChange' : 'audit.agentOut';
    return t(key, { name: names.agent(target) ?? gone(), role: role(word) });
  },
  'team.put': ({ detail }) => t('audit.teamPut', { team: detail }),
  'team.join': ({ target, detail }, names) =>
    t('audit.teamJoin', { team: names.team(target) ?? gone(), name: names.agent(detail) ?? gone() }),
  'team.leave': ({ target, detail }, names) =>
    t('audit.teamLeave', { team: names.team(target) ?? gone(), name: names.agent(detail) ?? gone() }),
  'workspace.change': ({ detail }) => t('audit.workspace', { assignment: assignment(detail) }),
  'password.change': () => t('audit.password'),
  'code.set': () => t('audit.codeSet'),
  'code.remove': () => t('audit.codeRemove'),
  'connection.put': ({ detail }) => t('audit.connection', { name: detail }),
};

/** What an entry says; one of a kind that is not known here stands as it was written. */
export function sentenceOf(entry: Entry, names: Names): string {
  const says = SAYS[entry.action];
  return says ? says(entry, names) : [entry.action, entry.target, entry.detail].filter(Boolean).join(' ');
}

/** Who did it. */
export const whoOf = ({ agent }: Entry, names: Names) => (agent ? (names.agent(agent) ?? gone()) : t('audit.nobody'));
