import { Copy, Reply, SmilePlus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button as Pressable, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Button, IconButton } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { POPOVER } from '../../shared/ui/Menu';
import { t } from '../../shared/words';
import type { Message } from './content/shape';
import { useThreadDesk } from './context';
import { line } from './line';
import type { Reaction } from './rows';

const QUICK = ['❤️', '😂', '😮', '😢', '😡', '👍'];

interface Props {
  message: Message;
  reactions: readonly Reaction[];
  isOpen: boolean;
  setOpen: (open: boolean) => void;
}

/** What can be done with a message: beside it while somebody points at it or has moved to it. */
export function MessageActions({ message, reactions, isOpen, setOpen }: Props) {
  const desk = useThreadDesk();
  if (message.kind === 'unsent') return null;
  const own = reactions.find((reaction) => reaction.side === 'business')?.emoji ?? null;
  const copy = () => void navigator.clipboard?.writeText(message.text ?? line(message));
  const done = (run: () => void) => () => {
    setOpen(false);
    run();
  };
  return (
    <div className="flex shrink-0 items-center">
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <IconButton icon={SmilePlus} size="s" label={t('talk.react')} />
        <Popover className={POPOVER} offset={4}>
          <Dialog aria-label={t('talk.actions')} className="flex w-panel flex-col gap-2 p-2 outline-hidden">
            {desk.mayReact ? (
              <Reacting own={own} react={(emoji) => done(() => desk.react(message.mid, emoji))()} />
            ) : (
              <p className="px-1 text-dense text-muted">{t('talk.noReactions')}</p>
            )}
            <div className="flex gap-1 border-t border-line pt-2">
              {desk.mayWrite && (
                <Button look="quiet" icon={Reply} onPress={done(() => desk.reply(message.mid))}>
                  {t('talk.reply')}
                </Button>
              )}
              <Button look="quiet" icon={Copy} onPress={done(copy)}>
                {t('common.copy')}
              </Button>
            </div>
          </Dialog>
        </Popover>
      </DialogTrigger>
      {desk.mayWrite && (
        <IconButton
          icon={Reply}
          size="s"
          label={t('talk.reply')}
          onPress={() => desk.reply(message.mid)}
          className="touch:hidden"
        />
      )}
    </div>
  );
}

function Reacting({ own, react }: { own: string | null; react: (emoji: string | null) => void }) {
  const [emoji, setEmoji] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (emoji.trim()) react(emoji.trim());
  };
  return (
    <>
      <div role="group" aria-label={t('talk.react')} className="flex justify-between">
        {QUICK.map((quick) => (
          <Pressable
            key={quick}
            aria-label={t('talk.reactWith', { emoji: quick })}
            aria-pressed={own === quick}
            onPress={() => react(own === quick ? null : quick)}
            className="size-menu rounded-full text-page aria-pressed:bg-accent-quiet data-[hovered]:bg-hover touch:size-touch"
          >
            {quick}
          </Pressable>
        ))}
      </div>
      <form onSubmit={submit} className="flex items-end gap-1">
        <div className="min-w-0 flex-1">
          <Field label={t('talk.anyEmoji')} value={emoji} onChange={setEmoji} maxLength={16} />
        </div>
        <Button type="submit" isDisabled={emoji.trim() === ''}>
          {t('talk.react')}
        </Button>
      </form>
      {own && (
        <Button look="quiet" onPress={() => react(null)}>
          {t('talk.unreact', { emoji: own })}
        </Button>
      )}
    </>
  );
}
