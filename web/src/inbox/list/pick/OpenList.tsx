import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { POPOVER } from '../../../shared/ui/Menu';
import { t } from '../../../shared/words';
import { useChange } from '../../app/triage';
import { arrive, closePick, type Open, type Pick } from '../../app/picks';
import type { Change, Conversation } from '../../data/conversation';
import { find } from '../queries';
import { AssignPick } from './AssignPick';
import { LabelPick } from './LabelPick';
import { PriorityPick } from './PriorityPick';
import { SnoozePick } from './SnoozePick';

/** What one of the lists of choices is given. */
export interface PickProps {
  conversations: readonly Conversation[];
  /** Changes them, and closes the list; `more` leaves it open. */
  change: (change: Change, more?: boolean) => void;
  /** What was typed before it was there. */
  typed: string;
}

const LISTS: Record<Pick, (props: PickProps) => React.ReactNode> = {
  assign: AssignPick,
  label: LabelPick,
  snooze: SnoozePick,
  priority: PriorityPick,
};

/** One of the lists, beside what it was opened for. */
export function OpenList({ open }: { open: Open }) {
  const { pick, conversations, anchor } = open;
  const client = useQueryClient();
  const change = useChange();
  const trigger = useRef(anchor);
  const [typed] = useState(arrive);
  const List = LISTS[pick];
  const run = (what: Change, more = false) => {
    // As they are by now: several labels may be put on one after another.
    void change(
      conversations.map((one) => find(client, one.id) ?? one),
      what,
    );
    if (!more) closePick();
  };
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      onOpenChange={(isOpen) => !isOpen && closePick()}
      placement="bottom start"
      offset={4}
      className={`${POPOVER} w-panel`}
    >
      <Dialog aria-label={t(`pick.${pick}`)} className="outline-hidden">
        <List conversations={conversations} change={run} typed={typed} />
      </Dialog>
    </Popover>
  );
}
