import { Check, Clock, ListChecks, Mail, MailOpen, RotateCcw, SignalHigh, Tag, UserPlus, X } from 'lucide-react';
import type { PressEvent } from 'react-aria-components';
import { IconButton } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import { pick, useConversationActions, type Pick } from '../app/triage';
import type { Conversation } from '../data/conversation';

interface Props {
  /** What is chosen. */
  targets: readonly Conversation[];
  /** How many there are to choose from. */
  all: number;
  chooseAll: () => void;
  chooseNone: () => void;
}

/** What can be done with all that is chosen at once. */
export function BulkBar({ targets, all, chooseAll, chooseNone }: Props) {
  const act = useConversationActions(targets);
  const choose = (what: Pick) => ({
    'data-pick': what,
    onPress: ({ target }: PressEvent) => pick(what, targets, target),
  });
  const allDone = targets.every((one) => one.status === 'resolved');
  const allRead = targets.every((one) => one.unread === 0);
  return (
    <div
      role="toolbar"
      aria-label={t('list.bulk')}
      data-bulk
      className="flex shrink-0 flex-wrap items-center border-y border-line bg-accent-quiet px-2"
    >
      <IconButton icon={X} size="s" label={t('list.chooseNone')} onPress={chooseNone} />
      <span role="status" className="px-1 text-dense font-medium tabular-nums">
        {t('list.chosen', { count: targets.length })}
      </span>
      {targets.length < all && (
        <IconButton icon={ListChecks} size="s" label={t('list.chooseAll')} onPress={chooseAll} />
      )}
      <span className="ms-auto flex items-center">
        {allDone ? (
          <IconButton icon={RotateCcw} size="s" label={t('act.reopen')} onPress={act.reopen} />
        ) : (
          <IconButton icon={Check} size="s" label={t('act.resolve')} onPress={act.resolve} />
        )}
        <IconButton icon={Clock} size="s" label={t('act.snooze')} {...choose('snooze')} />
        <IconButton icon={UserPlus} size="s" label={t('act.assign')} {...choose('assign')} />
        <IconButton icon={Tag} size="s" label={t('act.label')} {...choose('label')} />
        <IconButton icon={SignalHigh} size="s" label={t('act.priority')} {...choose('priority')} />
        {allRead ? (
          <IconButton icon={Mail} size="s" label={t('act.unread')} onPress={act.markUnread} />
        ) : (
          <IconButton icon={MailOpen} size="s" label={t('act.read')} onPress={act.markRead} />
        )}
      </span>
    </div>
  );
}
