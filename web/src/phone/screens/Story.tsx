import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, SendHorizontal, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { here, reason } from '../../shared/api/client';
import { useNow } from '../../shared/clock';
import { ago, left, millis } from '../../shared/time';
import { Avatar } from '../../shared/ui/Avatar';
import { IconButton } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import { useAct } from '../data/acts';
import { STORY, stories } from '../data/posts';
import { accounts } from '../data/queries';
import { useMove } from '../move';
import { LineField } from './LineField';

const QUICK = ['❤️', '😂', '😮', '👏', '🔥'];

/** An account's stories, one at a time, and answering them. */
export function Story({ me, account: username }: { me: string; account: string }) {
  const { back, to } = useMove();
  const now = useNow();
  const { data } = useQuery(accounts());
  const [index, setIndex] = useState(0);
  const [text, setText] = useState('');
  const act = useAct(me);
  const account = data?.data.find((it) => it.username === username);
  const all = account ? stories(account.media, now) : [];
  const story = all[Math.min(index, all.length - 1)];
  const name = account?.name ?? username;
  const answer = async (words: string) => {
    if (!story || words.trim() === '') return;
    try {
      await act.mutateAsync({ do: 'write', message: { to: username, text: words.trim(), story: story.id } });
      setText('');
    } catch {
      // Shown below; the text stays.
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void answer(text);
  };
  return (
    <section aria-label={t('story.label', { name })} className="flex min-h-0 flex-1 flex-col bg-story text-on-story">
      <div aria-hidden className="flex gap-1 px-3 pt-3">
        {all.map((it, at) => (
          <span
            key={it.id}
            className={`h-ring flex-1 rounded-full ${at <= index ? 'bg-on-story' : 'bg-on-story-muted opacity-40'}`}
          />
        ))}
      </div>
      <header className="flex items-center gap-3 p-3">
        <Avatar name={name} picture={account?.profile_pic} />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-body font-semibold">{name}</h2>
          {story && (
            <p className="text-meta text-on-story-muted tabular-nums">
              {ago(millis(story.timestamp), now)} ·{' '}
              {t('story.left', { left: left(STORY - (now - millis(story.timestamp))) })}
            </p>
          )}
        </div>
        <IconButton icon={X} look="story" label={t('common.close')} onPress={back} />
      </header>
      <div className="relative flex min-h-0 flex-1 flex-col justify-center">
        {story && <img src={here(story.url)} alt="" className="max-h-full w-full object-cover" />}
        {story?.caption && <p className="px-4 py-3 text-center text-head">{story.caption}</p>}
        {data && !story && <p className="p-6 text-center">{t('story.gone')}</p>}
        {all.length > 1 && (
          <>
            <IconButton
              icon={ChevronLeft}
              look="story"
              label={t('story.previous')}
              isDisabled={index === 0}
              onPress={() => setIndex(index - 1)}
              className="absolute! start-1 top-1/2 bg-story rtl:-scale-x-100"
            />
            <IconButton
              icon={ChevronRight}
              look="story"
              label={t('story.next')}
              isDisabled={index >= all.length - 1}
              onPress={() => setIndex(index + 1)}
              className="absolute! end-1 top-1/2 bg-story rtl:-scale-x-100"
            />
          </>
        )}
      </div>
      {story && (
        <div className="flex flex-col gap-2 p-3">
          <div role="status" className="flex min-h-hit items-center gap-2 text-dense">
            {act.isSuccess && (
              <>
                <span>{t('story.sent')}</span>
                <Pressable
                  onPress={() => to({ at: 'thread', account: username })}
                  className="rounded-control px-1 font-medium underline underline-offset-2"
                >
                  {t('story.openThread')}
                </Pressable>
              </>
            )}
            {act.error && <span role="alert">{t('action.failed', { reason: reason(act.error) })}</span>}
          </div>
          <div className="flex justify-between">
            {QUICK.map((emoji) => (
              <Pressable
                key={emoji}
                aria-label={t('story.quick', { emoji })}
                onPress={() => void answer(emoji)}
                className="size-touch rounded-full text-page data-[hovered]:opacity-80"
              >
                {emoji}
              </Pressable>
            ))}
          </div>
          <form onSubmit={submit} className="flex items-center gap-2">
            <LineField
              story
              label={t('story.placeholder', { name })}
              placeholder={t('story.placeholder', { name })}
              value={text}
              onChange={setText}
            />
            <IconButton
              type="submit"
              icon={SendHorizontal}
              look="story"
              label={t('story.send')}
              isDisabled={text.trim() === ''}
            />
          </form>
        </div>
      )}
    </section>
  );
}
