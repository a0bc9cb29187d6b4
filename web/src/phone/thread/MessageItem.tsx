import { CornerDownRight } from 'lucide-react';
import { memo, useState } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { clockTime } from '../../shared/time';
import { t } from '../../shared/words';
import type { Act } from '../data/acts';
import type { Message, Row } from '../data/group';
import { line } from '../data/snippet';
import { Actions } from './Actions';
import type { Mode } from './Composer';
import { Content } from './Content';
import { jump } from './Messages';
import { Webhooks } from './Webhooks';
import { useLongPress } from '../../shared/ui/useLongPress';

interface Props {
  row: Row;
  me: string;
  account: string;
  /** The account's display name. */
  name: string;
  /** The message that this one answers, if it is among those shown. */
  answered: Message | undefined;
  seen: boolean;
  act: (act: Act) => void;
  /** Begins an answer to it, or another text for it. */
  begin: (mode: Mode) => void;
}

/**
 * A message with what belongs to it: what it answers, reactions, whether it was seen, what can be done with it. It is drawn
 * anew only when it changed, not with every letter that is typed below it.
 */
export const MessageItem = memo(function MessageItem({ row, me, account, name, answered, seen, act, begin }: Props) {
  const { message } = row;
  const [isOpen, setOpen] = useState(false);
  const [fold, setFold] = useState(false);
  const press = useLongPress(() => setOpen(true));
  const mine = message.from === me;
  const reactions = message.reactions ?? [];
  const side = mine ? 'items-end' : 'items-start';
  const writer = mine ? t('common.you') : name;
  return (
    <div className={`group flex flex-col ${side} ${row.last ? 'pb-2' : 'pb-px'}`}>
      {message.reply_to && (
        <Pressable
          isDisabled={!answered}
          onPress={({ target }) => jump(target, message.reply_to!)}
          className="mb-px flex max-w-4/5 items-center gap-1 rounded-control px-1 text-meta text-muted data-[hovered]:underline"
        >
          <CornerDownRight className="size-icon-s shrink-0 rtl:-scale-x-100" strokeWidth={1.75} aria-hidden />
          <span className="truncate">
            {t('message.replyTo', { text: answered ? line(answered) : t('message.replyGone') })}
          </span>
        </Pressable>
      )}
      <div className={`flex w-full items-start gap-1 ${mine ? 'flex-row-reverse' : ''}`}>
        <div
          {...press}
          className={`relative flex ${message.template ? 'max-w-full' : 'max-w-4/5'} min-w-0 flex-col ${side} ${reactions.length > 0 ? 'mb-3' : ''} touch:select-none`}
        >
          <span className="sr-only">
            {writer}, {clockTime(row.time)}:
          </span>
          <Content
            row={row}
            mine={mine}
            account={account}
            name={name}
            tap={(title) => act({ do: 'tap', tap: { to: account, button: title, message_id: message.id } })}
          />
          {reactions.length > 0 && (
            <ul
              aria-label={t('message.reactions')}
              className={`absolute -bottom-3 flex gap-px ${mine ? 'start-2' : 'end-2'}`}
            >
              {reactions.map((reaction) => (
                <li key={reaction.from}>
                  <span
                    role="img"
                    aria-label={t('message.reactedBy', {
                      emoji: reaction.emoji,
                      name: reaction.from === me ? t('common.you') : name,
                    })}
                    className="flex h-hit items-center rounded-full border border-line bg-raised px-1 text-dense"
                  >
                    {reaction.emoji}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </div>
        <Actions
          message={message}
          mine={mine}
          reaction={reactions.find((it) => it.from === me)?.emoji}
          isOpen={isOpen}
          setOpen={setOpen}
          actions={{
            react: (emoji) => act({ do: 'react', message: message.id, emoji }),
            unreact: () => act({ do: 'unreact', message: message.id }),
            unsend: () => act({ do: 'unsend', message: message.id }),
            reply: () => begin({ is: 'reply', message }),
            edit: () => begin({ is: 'edit', message }),
            webhooks: () => setFold(true),
          }}
        />
      </div>
      {(message.is_edited || seen) && (
        <p className="px-1 text-meta text-muted">
          {[message.is_edited && t('thread.edited'), seen && t('thread.seen')].filter(Boolean).join(' · ')}
        </p>
      )}
      {fold && <Webhooks message={message.id} close={() => setFold(false)} />}
    </div>
  );
});
