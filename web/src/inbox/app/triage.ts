/**
 * What is done with conversations. A change stands on the screen at once; the desk's answer puts it right, and a refusal takes
 * it back and says why.
 *
 * Headers and panes use `useConversationActions(conversation)`; their buttons for assigning, labelling, snoozing and priority
 * call `pick('assign', [conversation], element)`, which opens the list of choices beside that element.
 */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useContext, useMemo } from 'react';
import { reason } from '../../shared/api/client';
import { Offset } from '../../shared/clock';
import { t } from '../../shared/words';
import { answer, api } from '../data/api';
import { inverse, type Change, type Conversation } from '../data/conversation';
import { may } from '../data/may';
import { foresee, put } from '../list/queries';
import { useDesk } from './Desk';
import { notices } from './notices';

export { pick, type Pick } from './picks';

/** The most conversations that the desk changes at once. */
export const AT_ONCE = 100;

/** Why a conversation was not changed. */
export interface Failure {
  conversation: Conversation;
  why: string;
}

/** Parts of a list that are at most so long. */
export function chunks<T>(all: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, at) => all.slice(at * most, (at + 1) * most));
}

/** Asks for a change of one, or of up to a hundred; gives them as they are now, and those that stayed as they were. */
async function ask(all: readonly Conversation[], change: Change): Promise<{ now: Conversation[]; failed: Failure[] }> {
  const [first] = all;
  try {
    if (all.length === 1 && first) {
      const call = api.POST('/inbox/api/conversations/{id}', { params: { path: { id: first.id } }, body: change });
      return { now: [await answer(call)], failed: [] };
    }
    const body = { conversations: all.map((one) => one.id), change };
    const changed = await answer(api.POST('/inbox/api/conversations', { body }));
    const now = changed.flatMap((one) => one.conversation ?? []);
    const failed = changed.flatMap((one, at) => (one.message ? [{ conversation: all[at]!, why: one.message }] : []));
    return { now, failed };
  } catch (error) {
    return { now: [], failed: all.map((conversation) => ({ conversation, why: reason(error) })) };
  }
}

interface Means {
  client: QueryClient;
  /** The id of who is here. */
  me: string;
  /** The desk's time. */
  now: () => number;
}

/** Changes conversations, on the screen first; gives those that stayed as they were. */
async function carryOut(all: readonly Conversation[], change: Change, { client, me, now }: Means): Promise<Failure[]> {
  put(client, foresee(all, change), me, now());
  const failures: Failure[] = [];
  for (const part of chunks(all, AT_ONCE)) {
    const { now: changed, failed } = await ask(part, change);
    put(client, [...changed, ...failed.map(({ conversation }) => conversation)], me, now());
    failures.push(...failed);
  }
  return failures;
}

/** What takes a change of many back: for each change, those that it is for. */
function wayBack(all: readonly Conversation[], change: Change): [Change, Conversation[]][] {
  const ways = new Map<string, [Change, Conversation[]]>();
  for (const before of all) {
    for (const back of inverse(before, change)) {
      const key = JSON.stringify(back);
      const way = ways.get(key) ?? [back, []];
      way[1].push(before);
      ways.set(key, way);
    }
  }
  // Teams come before people: giving to a team takes a person away.
  return [...ways.values()].sort(([a], [b]) => Number(a.do === 'assign') - Number(b.do === 'assign'));
}

/** What was done, in words; null for what shows well enough where it was done. */
function doneWords(change: Change, count: number): string | null {
  switch (change.do) {
    case 'resolve':
      return t('inbox.done.resolve', { count });
    case 'reopen':
      return t('inbox.done.reopen', { count });
    case 'snooze':
      return t('inbox.done.snooze', { count });
    default:
      return count > 1 ? t('inbox.done.other', { count }) : null;
  }
}

function tellFailures(failures: readonly Failure[], again: () => void) {
  const [first] = failures;
  if (!first) return;
  const { name, username } = first.conversation.profile;
  const who = name ?? username ?? first.conversation.customer;
  const text =
    failures.length === 1
      ? t('inbox.failedOne', { name: who, why: first.why })
      : t('inbox.failedMany', { count: failures.length, why: first.why });
  notices.tell({ text, failed: true, action: { label: t('common.retry'), run: again } });
}

/** A function that changes conversations, tells of it with a way back, and gives those that stayed as they were. */
export function useChange(): (all: readonly Conversation[], change: Change) => Promise<Failure[]> {
  const client = useQueryClient();
  const { me } = useDesk();
  const offset = useContext(Offset);
  return useMemo(() => {
    const means: Means = { client, me: me.id, now: () => Date.now() + offset };
    const run = async (all: readonly Conversation[], change: Change): Promise<Failure[]> => {
      if (all.length === 0) return [];
      const text = doneWords(change, all.length);
      const back = wayBack(all, change);
      const undo = async () => {
        for (const [way, those] of back) {
          const failures = await carryOut(foresee(those, change), way, means);
          tellFailures(failures, () => void undo());
        }
      };
      const action = { label: t('inbox.undo'), run: () => void undo() };
      if (text) notices.tell({ text, failed: false, ...(back.length > 0 ? { action } : {}) });
      const failures = await carryOut(all, change, means);
      tellFailures(
        failures,
        () =>
          void run(
            failures.map(({ conversation }) => conversation),
            change,
          ),
      );
      return failures;
    };
    return run;
  }, [client, me.id, offset]);
}

/** What can be done with a conversation, or with several at once. Nothing happens for those who may not. */
export interface ConversationActions {
  /** Whether whoever is here may change conversations at all: where not, nothing of it is to be offered. */
  may: boolean;
  resolve: () => void;
  reopen: () => void;
  snooze: (until: number) => void;
  prioritise: (priority: number) => void;
  assign: (agent: string) => void;
  assignTeam: (team: string) => void;
  unassign: () => void;
  label: (label: string) => void;
  unlabel: (label: string) => void;
  markRead: () => void;
  markUnread: () => void;
}

/** The actions of one conversation, or of several. */
export function useConversationActions(target: Conversation | readonly Conversation[]): ConversationActions {
  const change = useChange();
  const { me } = useDesk();
  const allowed = may(me.role, 'triage');
  return useMemo(() => {
    const all = Array.isArray(target) ? (target as readonly Conversation[]) : [target as Conversation];
    const run = (what: Change) => void (allowed && change(all, what));
    return {
      may: allowed,
      resolve: () => run({ do: 'resolve' }),
      reopen: () => run({ do: 'reopen' }),
      snooze: (until) => run({ do: 'snooze', until }),
      prioritise: (priority) => run({ do: 'prioritise', priority }),
      assign: (agent) => run({ do: 'assign', agent }),
      assignTeam: (team) => run({ do: 'assign_team', team }),
      unassign: () => run({ do: 'unassign' }),
      label: (label) => run({ do: 'label', label }),
      unlabel: (label) => run({ do: 'unlabel', label }),
      markRead: () => run({ do: 'mark_read' }),
      markUnread: () => run({ do: 'mark_unread' }),
    };
  }, [target, allowed, change]);
}
