import { CircleCheck, Clock, Eye, TriangleAlert } from 'lucide-react';
import { useNow } from '../../shared/clock';
import { ago, left, worldTime } from '../../shared/time';
import { t } from '../../shared/words';
import { STANDARD } from '../../shared/window';
import { useDesk } from '../app/Desk';
import { Initials } from '../app/Initials';
import { usePresent } from '../app/presence';
import type { Conversation } from '../data/conversation';
import type { View } from '../data/scope';
import type { Facts, Row } from './row';

interface Props {
  conversation: Conversation;
  row: Row;
  facts: Facts;
}

/** When somebody last wrote; how much of the 24 hours is left where that is what the list is about. Moves by itself. */
export function When({ conversation, row, view }: Omit<Props, 'facts'> & { view: View }) {
  const now = useNow();
  const { last_time, person_time } = conversation;
  const look = `ms-auto shrink-0 text-meta tabular-nums ${row.unread ? 'font-medium text-text' : 'text-muted'}`;
  if (view === 'ending_soon' && person_time) {
    const words = left(Math.max(0, person_time + STANDARD - now));
    return (
      <span className={look}>
        <span className="sr-only">{t('list.ends', { left: words })}</span>
        <span aria-hidden>{words}</span>
      </span>
    );
  }
  return (
    <time dateTime={new Date(last_time).toISOString()} title={worldTime(last_time)} className={look}>
      {ago(last_time, now)}
    </time>
  );
}

/** The names of agents, as a sentence has them. */
function namesOf(ids: readonly string[], { agents }: Facts): string {
  return ids.map((id) => agents.get(id)?.name ?? '?').join(', ');
}

/** Others than oneself who are there. */
function useOthers(conversation: string, { me }: Facts) {
  return usePresent(useDesk().presence, conversation).filter(({ agent }) => agent !== me);
}

/** What was said last, or that a colleague writes just now. */
export function Said({ conversation, row, facts }: Props) {
  const typing = useOthers(conversation.id, facts).filter((there) => there.typing);
  if (typing.length > 0) {
    const name = namesOf(
      typing.map(({ agent }) => agent),
      facts,
    );
    const words = typing.length === 1 ? t('list.typing', { name }) : t('list.typingMany', { count: typing.length });
    return (
      <span data-present={typing[0]!.agent} className="min-w-0 flex-1 truncate text-accent">
        {words}
      </span>
    );
  }
  return (
    <span
      dir="auto"
      className={`min-w-0 flex-1 truncate [text-align:match-parent] ${row.unread ? 'font-medium' : 'text-muted'}`}
    >
      {row.snippet}
    </span>
  );
}

const SIGN = 'size-icon-s shrink-0';

/** Who looks, what failed, where it stands, who has it, and whether it is new. */
export function Signs({ conversation, row, facts }: Props) {
  const looking = useOthers(conversation.id, facts).filter((there) => !there.typing);
  const names = namesOf(
    looking.map(({ agent }) => agent),
    facts,
  );
  return (
    <>
      {looking.length > 0 && (
        <Sign
          icon={<Eye className={`${SIGN} text-accent`} strokeWidth={1.75} aria-hidden />}
          words={looking.length === 1 ? t('list.viewing', { names }) : t('list.viewingMany', { names })}
          present={looking[0]!.agent}
        />
      )}
      {row.failed > 0 && (
        <Sign
          icon={<TriangleAlert className={`${SIGN} text-danger`} strokeWidth={1.75} aria-hidden />}
          words={t('list.failed', { count: row.failed })}
        />
      )}
      {row.snoozedUntil !== null && (
        <Sign
          icon={<Clock className={`${SIGN} text-muted`} strokeWidth={1.75} aria-hidden />}
          words={t('list.snoozedUntil', { time: worldTime(row.snoozedUntil) })}
        />
      )}
      {row.resolved && (
        <Sign
          icon={<CircleCheck className={`${SIGN} text-muted`} strokeWidth={1.75} aria-hidden />}
          words={t('list.resolved')}
        />
      )}
      {row.priority > 0 && (
        <span className="sr-only">
          {t('list.priority', { name: t(PRIORITIES[row.priority] ?? 'pick.priority.3') })}
        </span>
      )}
      {row.assignee && (
        <Sign
          icon={<Initials name={row.assignee.name} mine={row.assignee.mine} title="" />}
          words={row.assignee.mine ? t('list.assignedMe') : t('list.assigned', { name: row.assignee.name })}
        />
      )}
      {row.unread && (
        <Sign
          icon={<span className="m-1 block size-dot rounded-full bg-accent" />}
          words={t('list.unread', { count: conversation.unread })}
        />
      )}
    </>
  );
}

export const PRIORITIES = ['pick.priority.0', 'pick.priority.1', 'pick.priority.2', 'pick.priority.3'] as const;

/** A small sign with its words: shown on hover, read out always. */
function Sign({ icon, words, present }: { icon: React.ReactNode; words: string; present?: string }) {
  return (
    <span title={words} data-present={present} className="relative z-10 flex shrink-0 items-center">
      {icon}
      <span className="sr-only">{words}</span>
    </span>
  );
}
