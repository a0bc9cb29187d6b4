import { ArrowDown, Link2, Paperclip, PenLine, SmilePlus, StickyNote } from 'lucide-react';
import { useMemo, type RefObject } from 'react';
import { t } from '../../shared/words';
import { useActions, type Action } from '../app/actions';
import type { MessagesHandle } from './Messages';

interface Offered {
  mayWrite: boolean;
  /** The message that one would react to; null where reactions cannot be sent. */
  latest: string | null;
  write: (mode: 'reply' | 'note') => void;
  react: (mid: string, emoji: string | null) => void;
  list: RefObject<MessagesHandle | null>;
  picker: RefObject<HTMLInputElement | null>;
}

/** Offers what can be done in an open thread, beside what is done with the conversation as a whole. */
export function useThreadActions({ mayWrite, latest, write, react, list, picker }: Offered) {
  const rows = useMemo(() => {
    const of = (group: Action['group'], id: string, label: string, icon: Action['icon'], run: () => void): Action => ({
      id: `${group}.${id}`,
      label,
      group,
      ...(icon ? { icon } : {}),
      run,
    });
    const toLatest = () => list.current?.toLatest();
    const copy = () => void navigator.clipboard?.writeText(location.href);
    const here = [
      { ...of('conversation', 'latest', t('talk.latest'), ArrowDown, toLatest), keys: 'G' },
      of('conversation', 'link', t('talk.copyLink'), Link2, copy),
    ];
    if (!mayWrite) return here;
    const attach = () => {
      write('reply');
      picker.current?.click();
    };
    return [
      { ...of('composer', 'reply', t('talk.doReply'), PenLine, () => write('reply')), keys: 'r' },
      { ...of('composer', 'note', t('talk.doNote'), StickyNote, () => write('note')), keys: 'n' },
      of('composer', 'attach', t('write.attach'), Paperclip, attach),
      ...(latest === null
        ? []
        : [of('conversation', 'react', t('talk.reactLatest'), SmilePlus, () => react(latest, '❤️'))]),
      ...here,
    ];
  }, [mayWrite, latest, write, react, list, picker]);
  useActions(rows);
}
