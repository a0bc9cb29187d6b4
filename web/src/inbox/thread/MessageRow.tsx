import { CornerDownRight } from 'lucide-react';
import { memo, useState, type KeyboardEvent } from 'react';
import { clockTime } from '../../shared/time';
import { useLongPress } from '../../shared/ui/useLongPress';
import { t } from '../../shared/words';
import { singleKeys } from '../app/keys';
import { MessageContent } from './content/Content';
import { useThreadDesk } from './context';
import { line } from './line';
import { MessageActions } from './MessageActions';
import type { Reaction, Row } from './rows';

type MessageRowOf = Extract<Row, { is: 'message' }>;

/**
 * A message with what belongs to it: what it answers, reactions, whether it was seen, what can be done with it. What can be
 * done is made when somebody points at it, so that a long thread stays light.
 */
export const MessageRow = memo(function MessageRow({ row, tabbable }: { row: MessageRowOf; tabbable: boolean }) {
  const { message, answered, reactions, first, last } = row;
  const desk = useThreadDesk();
  const [near, setNear] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const press = useLongPress(() => setOpen(true));
  const mine = message.side === 'business';
  const agent = message.agent ? (desk.names.get(message.agent) ?? t('talk.formerAgent')) : null;
  const writer = mine ? (agent ?? t('talk.elsewhere')) : desk.person;
  const side = mine ? 'items-end' : 'items-start';
  const unsent = message.kind === 'unsent';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = () => {
      if (event.key === 'Enter') return () => setOpen(true);
      if (!singleKeys() || unsent) return null;
      if (event.key === 'r' && desk.mayWrite) return () => desk.reply(message.mid);
      if (event.key === '+' && desk.mayReact) return () => setOpen(true);
      if (event.key === 'c') return () => void navigator.clipboard?.writeText(message.text ?? line(message));
      return null;
    };
    const run = act();
    if (!run) return;
    event.preventDefault();
    run();
  };
  return (
    <li
      data-row={row.key}
      tabIndex={tabbable ? 0 : -1}
      onKeyDown={onKeyDown}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
      onFocus={() => setNear(true)}
      onBlur={() => setNear(false)}
      className={`flex flex-col px-4 -outline-offset-2 [contain-intrinsic-block-size:auto_var(--spacing-bar)] [content-visibility:auto] ${side} ${last ? 'pb-3' : 'pb-1'}`}
    >
      {mine && first && <p className="px-1 pb-1 text-meta text-muted">{writer}</p>}
      {answers(message) && (
        <button
          type="button"
          onClick={() => desk.jump(answers(message)!)}
          className="mb-1 flex max-w-4/5 min-h-hit items-center gap-1 rounded-control px-1 text-meta text-muted hover:underline"
        >
          <CornerDownRight className="size-icon-s shrink-0 rtl:-scale-x-100" strokeWidth={1.75} aria-hidden />
          <span className="truncate" dir="auto">
            {t('talk.inReplyTo', { text: answered ? line(answered) : t('talk.earlierMessage') })}
          </span>
        </button>
      )}
      <div className={`flex w-full items-center gap-2 ${mine ? 'flex-row-reverse' : ''}`}>
        <div
          {...press}
          className={`relative flex max-w-4/5 min-w-0 flex-col ${side} ${reactions.length > 0 ? 'mb-4' : ''} touch:select-none`}
        >
          <span className="sr-only">
            {writer}, {clockTime(row.time)}:
          </span>
          <MessageContent
            message={message}
            first={first}
            last={last}
            name={mine ? (agent ?? t('talk.theBusiness')) : writer}
          />
          {reactions.length > 0 && <Reactions reactions={reactions} mine={mine} />}
        </div>
        {near || isOpen ? (
          <>
            <MessageActions message={message} reactions={reactions} isOpen={isOpen} setOpen={setOpen} />
            <time
              dateTime={new Date(row.time).toISOString()}
              className="hidden text-meta text-muted tabular-nums desk:inline"
            >
              {clockTime(row.time)}
            </time>
          </>
        ) : null}
      </div>
      {(message.edits > 0 || row.seen) && (
        <p className="px-1 pt-px text-meta text-muted">
          {[message.edits > 0 && !unsent && t('talk.edited', { count: message.edits }), row.seen && t('talk.seen')]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
    </li>
  );
});

/** The message that one answers, by its id. */
const answers = (message: MessageRowOf['message']) =>
  typeof message.content?.reply_to === 'string' && message.kind !== 'unsent' ? message.content.reply_to : null;

function Reactions({ reactions, mine }: { reactions: readonly Reaction[]; mine: boolean }) {
  const desk = useThreadDesk();
  const who = (reaction: Reaction) =>
    reaction.side === 'person'
      ? desk.person
      : ((reaction.agent && desk.names.get(reaction.agent)) ?? t('talk.elsewhere'));
  return (
    <ul aria-label={t('talk.reactions')} className={`absolute -bottom-4 flex gap-px ${mine ? 'end-2' : 'start-2'}`}>
      {reactions.map((reaction) => {
        const words = t('talk.reactedBy', { emoji: reaction.emoji ?? '', name: who(reaction) });
        return (
          <li key={reaction.side} title={words}>
            <span
              role="img"
              aria-label={words}
              className="flex h-hit min-w-hit items-center justify-center rounded-full border border-line bg-raised px-1 text-dense"
            >
              {reaction.emoji}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
