/** A conversation as its row shows it: everything that does not move with time. */
import type { Schemas } from '../data/api';
import type { Conversation } from '../data/conversation';
import { snippetLine } from './snippet';

/** What a list knows beside its conversations. The same object for as long as nothing of it changes. */
export interface Facts {
  me: string;
  agents: ReadonlyMap<string, Schemas['Agent']>;
  teams: ReadonlyMap<string, Schemas['Team']>;
  labels: ReadonlyMap<string, Schemas['Label']>;
  connections: ReadonlyMap<string, Schemas['Connection']>;
}

export interface Row {
  /** The person's name. */
  name: string;
  /** The account that they write to, where there are several. */
  account: string | null;
  snippet: string;
  unread: boolean;
  /** Who has it. */
  assignee: { id: string; name: string; initials: string; mine: boolean } | null;
  /** Which team has it, where nobody has. */
  team: string | null;
  /** The first labels, and how many more there are. */
  labels: Schemas['Label'][];
  more: number;
  priority: number;
  failed: number;
  snoozedUntil: number | null;
  resolved: boolean;
}

/** Labels that a row has room for. */
const SHOWN_LABELS = 2;

/** What a person is called: by name, else by username, else by the platform's id. */
export const personName = ({ profile, customer }: Pick<Conversation, 'profile' | 'customer'>) =>
  profile.name || profile.username || customer;

/** The first letters of the first two words. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).slice(0, 2);
  return words.map((word) => [...word][0]?.toLocaleUpperCase() ?? '').join('') || '?';
}

export function rowOf(conversation: Conversation, facts: Facts): Row {
  const { assignee, connection } = conversation;
  const account = facts.connections.get(connection)?.username ?? '';
  const who = { me: facts.me, agent: (id: string) => facts.agents.get(id)?.name ?? '?', account };
  const labels = conversation.labels.flatMap((id) => facts.labels.get(id) ?? []);
  const agent = assignee ? (facts.agents.get(assignee)?.name ?? '?') : null;
  return {
    name: personName(conversation),
    account: facts.connections.size > 1 ? account : null,
    snippet: snippetLine(conversation.snippet, who),
    unread: conversation.unread > 0,
    assignee:
      assignee && agent ? { id: assignee, name: agent, initials: initials(agent), mine: assignee === facts.me } : null,
    team: (conversation.team && facts.teams.get(conversation.team)?.name) || null,
    labels: labels.slice(0, SHOWN_LABELS),
    more: Math.max(0, labels.length - SHOWN_LABELS),
    priority: conversation.priority,
    failed: conversation.failed,
    snoozedUntil: conversation.status === 'snoozed' ? (conversation.snoozed_until ?? null) : null,
    resolved: conversation.status === 'resolved',
  };
}
