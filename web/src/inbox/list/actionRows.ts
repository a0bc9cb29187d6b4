/** What the list offers to the keyboard and the palette, as rows. */
import {
  ArrowDown,
  ArrowUp,
  Check,
  Clock,
  Mail,
  MailOpen,
  RotateCcw,
  Search,
  SignalHigh,
  SquareCheck,
  Tag,
  UserMinus,
  UserPlus,
  UserRoundCheck,
} from 'lucide-react';
import { t, type Key } from '../../shared/words';
import type { Action } from '../app/actions';
import type { Pick } from '../app/picks';
import type { Change, Conversation } from '../data/conversation';

/** What moves in a list. */
export interface Moves {
  step: (by: number) => void;
  open: () => void;
  search: () => void;
  /** Null for those who may not choose. */
  choose: (() => void) | null;
}

const row = (
  group: Action['group'],
  id: string,
  label: Key,
  icon: Action['icon'],
  keys: string | undefined,
  run: () => void,
): Action => ({ id: `${group}.${id}`, label: t(label), group, icon, keys, run });

export function moveRows({ step, open, search, choose }: Moves): Action[] {
  return [
    row('list', 'next', 'act.next', ArrowDown, 'j', () => step(1)),
    row('list', 'previous', 'act.previous', ArrowUp, 'k', () => step(-1)),
    row('list', 'open', 'act.open', undefined, 'Enter', open),
    row('list', 'search', 'act.search', Search, '/', search),
    ...(choose ? [row('list', 'choose', 'act.choose', SquareCheck, 'x', choose)] : []),
  ];
}

/** What is done with conversations, and with which. */
export interface Deeds {
  me: string;
  targets: () => Conversation[];
  change: (all: readonly Conversation[], change: Change) => void;
  pick: (what: Pick, all: readonly Conversation[]) => void;
}

const isDone = (all: readonly Conversation[]) => all.every((one) => one.status === 'resolved');
const isUnread = (all: readonly Conversation[]) => all.every((one) => one.unread > 0);

export function conversationRows({ me, targets, change, pick }: Deeds): Action[] {
  const run = (what: (all: readonly Conversation[]) => Change) => () => {
    const all = targets();
    if (all.length > 0) change(all, what(all));
  };
  const choose = (what: Pick) => () => pick(what, targets());
  const deed = (id: string, label: Key, icon: Action['icon'], keys: string | undefined, act: () => void) =>
    row('conversation', id, label, icon, keys, act);
  return [
    deed(
      'resolve',
      'act.resolve',
      Check,
      'e',
      run((all) => ({ do: isDone(all) ? 'reopen' : 'resolve' })),
    ),
    deed(
      'reopen',
      'act.reopen',
      RotateCcw,
      'E',
      run(() => ({ do: 'reopen' })),
    ),
    deed('snooze', 'act.snooze', Clock, 's', choose('snooze')),
    deed('assign', 'act.assign', UserPlus, 'a', choose('assign')),
    deed(
      'assign_me',
      'act.assignMe',
      UserRoundCheck,
      'm',
      run(() => ({ do: 'assign', agent: me })),
    ),
    deed(
      'unassign',
      'act.unassign',
      UserMinus,
      undefined,
      run(() => ({ do: 'unassign' })),
    ),
    deed('label', 'act.label', Tag, 'l', choose('label')),
    deed('priority', 'act.priority', SignalHigh, 'p', choose('priority')),
    deed(
      'unread',
      'act.unread',
      Mail,
      'u',
      run((all) => ({ do: isUnread(all) ? 'mark_read' : 'mark_unread' })),
    ),
    deed(
      'read',
      'act.read',
      MailOpen,
      'U',
      run(() => ({ do: 'mark_read' })),
    ),
  ];
}
