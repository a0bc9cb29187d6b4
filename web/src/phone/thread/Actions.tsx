import { Copy, MoreHorizontal, Pencil, Reply, SmilePlus, Undo2, Webhook } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button as Pressable, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Button, IconButton } from '../../shared/ui/Button';
import { MenuList, POPOVER, type Choice } from '../../shared/ui/Menu';
import { t } from '../../shared/words';
import type { Message } from '../data/group';
import { LineField } from '../screens/LineField';

const QUICK = ['❤️', '😂', '😮', '😢', '😡', '👍'];

export interface MessageActions {
  react: (emoji: string) => void;
  unreact: () => void;
  reply: () => void;
  unsend: () => void;
  edit: () => void;
  webhooks: () => void;
}

interface Props {
  message: Message;
  mine: boolean;
  /** The person's own reaction. */
  reaction: string | undefined;
  actions: MessageActions;
  isOpen: boolean;
  setOpen: (open: boolean) => void;
}

/** What can be done with a message: on hover and on focus beside it, after a long press as one sheet. */
export function Actions({ message, mine, reaction, actions, isOpen, setOpen }: Props) {
  const done = (run: () => void) => () => {
    setOpen(false);
    run();
  };
  const choices: (Choice | false)[] = [
    !message.is_unsent && { id: 'reply', label: t('action.reply'), icon: Reply, run: done(actions.reply) },
    mine && !message.is_unsent && message.text !== '' && !message.attachments?.length && !message.story
      ? { id: 'edit', label: t('action.edit'), icon: Pencil, run: done(actions.edit) }
      : false,
    message.text !== '' && {
      id: 'copy',
      label: t('action.copy'),
      icon: Copy,
      run: done(() => void navigator.clipboard?.writeText(message.text)),
    },
    { id: 'webhooks', label: t('action.webhooks'), icon: Webhook, run: done(actions.webhooks) },
    mine &&
      !message.is_unsent && {
        id: 'unsend',
        label: t('action.unsend'),
        icon: Undo2,
        danger: true,
        run: done(actions.unsend),
      },
  ];
  return (
    <div
      className={`flex shrink-0 items-center self-center transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 touch:pointer-events-none ${isOpen ? '' : 'opacity-0'}`}
    >
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <IconButton icon={MoreHorizontal} size="s" label={t('action.menu')} />
        <Popover className={POPOVER} offset={4}>
          <Dialog aria-label={t('action.menu')} className="flex w-panel flex-col outline-hidden">
            {!message.is_unsent && (
              <Reactions
                reaction={reaction}
                react={(emoji) => done(() => actions.react(emoji))()}
                unreact={done(actions.unreact)}
              />
            )}
            <MenuList label={t('action.menu')} choices={choices.filter((choice) => choice !== false)} />
          </Dialog>
        </Popover>
      </DialogTrigger>
      {!message.is_unsent && (
        <IconButton icon={Reply} size="s" label={t('action.reply')} onPress={actions.reply} className="touch:hidden" />
      )}
    </div>
  );
}

interface ReactionsProps {
  reaction: string | undefined;
  react: (emoji: string) => void;
  unreact: () => void;
}

function Reactions({ reaction, react, unreact }: ReactionsProps) {
  const [emoji, setEmoji] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (emoji.trim()) react(emoji.trim());
  };
  return (
    <div className="flex flex-col gap-2 border-b border-line p-2">
      <div role="group" aria-label={t('action.react')} className="flex justify-between">
        {QUICK.map((quick) => (
          <Pressable
            key={quick}
            aria-label={t('action.reactWith', { emoji: quick })}
            aria-pressed={reaction === quick}
            onPress={() => (reaction === quick ? unreact() : react(quick))}
            className="size-menu rounded-full text-page data-[hovered]:bg-hover aria-pressed:bg-accent-quiet touch:size-touch"
          >
            {quick}
          </Pressable>
        ))}
      </div>
      <form onSubmit={submit} className="flex items-center gap-1">
        <LineField label={t('action.anyEmoji')} placeholder={t('action.anyEmoji')} value={emoji} onChange={setEmoji} />
        <IconButton type="submit" icon={SmilePlus} label={t('action.react')} isDisabled={emoji.trim() === ''} />
      </form>
      {reaction && (
        <Button look="quiet" onPress={unreact}>
          {t('action.unreact')} {reaction}
        </Button>
      )}
    </div>
  );
}
