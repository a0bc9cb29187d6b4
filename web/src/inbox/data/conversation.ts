/** What the page knows of conversations by itself: which list shows them, in which order, and what a change makes of one. */
import type { Schemas } from './api';
import type { Scope } from './scope';

export type Conversation = Schemas['Conversation'];
export type Change = Schemas['Change'];

/** How long anything may be sent after the person's last act, in milliseconds. */
const DAY = 24 * 3_600_000;

/** Orders ids by their age: they are numbers longer than what the language counts in. */
export const compareIds = (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** The moment by which a list is sorted. */
export const sortTime = (view: Scope['view'], { last_time, person_time }: Conversation) =>
  view === 'ending_soon' ? (person_time ?? 0) : last_time;

/** A place in a list. */
export interface Place {
  time: number;
  id: string;
}

/** Orders places as the list does: what ends first, else the newest. */
export function comparePlaces(view: Scope['view'], a: Place, b: Place): number {
  const order = a.time - b.time || compareIds(a.id, b.id);
  return view === 'ending_soon' ? order : -order;
}

/** Whether what ends soon may still be answered freely. */
export const isEnding = ({ status, person_time, business_time }: Conversation, now: number) =>
  status === 'open' &&
  typeof person_time === 'number' &&
  (business_time ?? -1) < person_time &&
  person_time >= now - DAY;

/** Who looks, and when; `listed` says whether the list showed it so far, which decides what only the desk can know. */
export interface Looking {
  me: string;
  now: number;
  listed: boolean;
}

/** Whether a list shows a conversation. The desk has the last word: this fills the moment until it has spoken. */
export function belongs(conversation: Conversation, scope: Scope, { me, now, listed }: Looking): boolean {
  const { status, connection, label, team, assignee, view } = scope;
  if (status && conversation.status !== status) return false;
  if (connection && conversation.connection !== connection) return false;
  if (label && !conversation.labels.includes(label)) return false;
  if (team && conversation.team !== team) return false;
  if (assignee && conversation.assignee !== assignee) return false;
  switch (view) {
    case 'all':
      return true;
    case 'mine':
      return conversation.assignee === me;
    case 'unassigned':
      return !conversation.assignee;
    case 'mentions':
      return listed;
    case 'ending_soon':
      return isEnding(conversation, now);
    case 'failed':
      return conversation.failed > 0;
  }
}

/** The conversation as a change will leave it, as far as the page can know. */
export function predict(conversation: Conversation, change: Change): Conversation {
  switch (change.do) {
    case 'resolve':
      return { ...conversation, status: 'resolved', snoozed_until: null, waiting: false };
    case 'reopen':
      return { ...conversation, status: 'open', snoozed_until: null };
    case 'snooze':
      return { ...conversation, status: 'snoozed', snoozed_until: change.until, waiting: false };
    case 'prioritise':
      return { ...conversation, priority: change.priority };
    case 'assign':
      return { ...conversation, assignee: change.agent, waiting: false };
    case 'assign_team':
      return { ...conversation, team: change.team, assignee: null };
    case 'unassign':
      return { ...conversation, team: null, assignee: null, waiting: false };
    case 'label':
      return { ...conversation, labels: [...conversation.labels.filter((id) => id !== change.label), change.label] };
    case 'unlabel':
      return { ...conversation, labels: conversation.labels.filter((id) => id !== change.label) };
    case 'mark_read':
      return { ...conversation, unread: 0 };
    case 'mark_unread':
      return { ...conversation, unread: Math.max(1, conversation.unread) };
  }
}

/** What takes a change back from a conversation that was so before; nothing where it changed nothing. */
export function inverse(before: Conversation, change: Change): Change[] {
  switch (change.do) {
    case 'resolve':
    case 'reopen':
    case 'snooze':
      return stand(before);
    case 'prioritise':
      return before.priority === change.priority ? [] : [{ do: 'prioritise', priority: before.priority }];
    case 'assign':
    case 'assign_team':
    case 'unassign':
      return [
        before.team ? { do: 'assign_team', team: before.team } : { do: 'unassign' },
        ...(before.assignee ? [{ do: 'assign' as const, agent: before.assignee }] : []),
      ];
    case 'label':
      return before.labels.includes(change.label) ? [] : [{ do: 'unlabel', label: change.label }];
    case 'unlabel':
      return before.labels.includes(change.label) ? [{ do: 'label', label: change.label }] : [];
    case 'mark_read':
      return before.unread > 0 ? [{ do: 'mark_unread' }] : [];
    case 'mark_unread':
      return before.unread > 0 ? [] : [{ do: 'mark_read' }];
  }
}

function stand({ status, snoozed_until }: Conversation): Change[] {
  if (status === 'resolved') return [{ do: 'resolve' }];
  return status === 'snoozed' && snoozed_until ? [{ do: 'snooze', until: snoozed_until }] : [{ do: 'reopen' }];
}
