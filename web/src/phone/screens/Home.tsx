import { useQuery } from '@tanstack/react-query';
import {
  Ban,
  CircleUser,
  MessageSquare,
  MoreHorizontal,
  Trash2,
  UserCheck,
  UserPlus,
  UserRound,
  Users,
} from 'lucide-react';
import { Button as Pressable } from 'react-aria-components';
import type { Schemas } from '../../shared/api/client';
import { here } from '../../shared/api/client';
import { useNow } from '../../shared/clock';
import { ago, millis } from '../../shared/time';
import { Avatar } from '../../shared/ui/Avatar';
import { IconButton } from '../../shared/ui/Button';
import { Menu, type Choice } from '../../shared/ui/Menu';
import { EmptyState, ErrorState, Loading } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { Failure } from '../Failure';
import { useAct, type Act } from '../data/acts';
import { posts, stories } from '../data/posts';
import { accounts, contacts } from '../data/queries';
import { snippet } from '../data/snippet';
import { useMove } from '../move';
import { RowSkeleton } from './Picker';

export type Contact = Schemas['Contact'];

/** A person's conversations, with stories on top. */
export function Home({ me, leave }: { me: string; leave: () => void }) {
  const { to } = useMove();
  const { data, error, refetch } = useQuery(contacts(me));
  const act = useAct(me);
  const all = data?.data ?? [];
  const threads = all.filter((contact) => contact.thread);
  const others = all.filter((contact) => !contact.thread);
  return (
    <>
      <header className="flex min-h-bar shrink-0 items-center gap-1 ps-4 pe-2">
        <h2 className="flex-1 text-page font-semibold">{t('home.title')}</h2>
        <IconButton icon={CircleUser} label={t('home.me')} onPress={() => to({ at: 'me' })} />
        <IconButton icon={Users} label={t('home.switch')} onPress={leave} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Stories />
        {!data && error && <ErrorState error={error} retry={() => void refetch()} />}
        {!data && !error && (
          <Loading className="px-2">
            {[1, 2, 3].map((n) => (
              <RowSkeleton key={n} />
            ))}
          </Loading>
        )}
        {data && all.length === 0 && <EmptyState icon={MessageSquare} title={t('home.noAccounts')} />}
        {data && all.length > 0 && threads.length === 0 && (
          <EmptyState icon={MessageSquare} title={t('home.empty')}>
            {t('home.emptyWhy')}
          </EmptyState>
        )}
        <Rows label={t('home.threads')} contacts={threads} me={me} act={act.mutate} />
        {others.length > 0 && (
          <h3 className="px-4 pt-3 pb-1 text-dense font-medium text-muted" aria-hidden>
            {t('home.others')}
          </h3>
        )}
        <Rows label={t('home.others')} contacts={others} me={me} act={act.mutate} />
        <Latest />
      </div>
      <Failure error={act.error} dismiss={act.reset} />
    </>
  );
}

function Stories() {
  const { to } = useMove();
  const now = useNow();
  const { data } = useQuery(accounts());
  const telling = data?.data.filter((account) => stories(account.media, now).length > 0) ?? [];
  if (!data) return null;
  if (telling.length === 0) return <p className="px-4 pb-2 text-dense text-muted">{t('home.noStories')}</p>;
  return (
    <ul aria-label={t('home.stories')} className="flex gap-3 overflow-x-auto px-4 pt-1 pb-3">
      {telling.map((account) => (
        <li key={account.username}>
          <Pressable
            aria-label={t('story.open', { name: account.name })}
            onPress={() => to({ at: 'story', account: account.username })}
            className="flex flex-col items-center gap-1 rounded-card p-1 data-[hovered]:bg-hover"
          >
            <span className="block rounded-full border-2 border-accent p-ring">
              <img src={here(account.profile_pic)} alt="" className="size-avatar-l rounded-full" />
            </span>
            <span className="max-w-avatar-xl truncate text-meta text-muted">{account.username}</span>
          </Pressable>
        </li>
      ))}
    </ul>
  );
}

/** How many posts the list of conversations shows. */
const LATEST = 6;

/** What accounts published lately; a comment is two taps away. */
function Latest() {
  const { to } = useMove();
  const { data } = useQuery(accounts());
  const all = data?.data.flatMap((account) => posts(account.media).map((post) => ({ account, post }))) ?? [];
  const newest = all.sort((a, b) => millis(b.post.timestamp) - millis(a.post.timestamp)).slice(0, LATEST);
  if (newest.length === 0) return null;
  return (
    <section aria-label={t('home.posts')} className="px-4 pt-2 pb-4">
      <h3 className="pb-2 text-dense font-medium text-muted">{t('home.posts')}</h3>
      <ul className="grid grid-cols-3 gap-2">
        {newest.map(({ account, post }) => (
          <li key={post.id} className="min-w-0">
            <Pressable
              aria-label={t('home.post', {
                name: account.name,
                caption: post.caption || t('account.noCaption'),
                comments: t('post.comments', { count: post.comments.length }),
              })}
              onPress={() => to({ at: 'post', account: account.username, media: post.id })}
              className="flex w-full flex-col gap-1 rounded-card text-start data-[hovered]:opacity-90"
            >
              <img src={here(post.url)} alt="" className="aspect-square w-full rounded-card object-cover" />
              <span className="truncate text-meta text-muted">
                {t('post.comments', { count: post.comments.length })}
              </span>
            </Pressable>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RowsProps {
  label: string;
  contacts: readonly Contact[];
  me: string;
  act: (act: Act) => void;
}

function Rows({ label, contacts: all, me, act }: RowsProps) {
  if (all.length === 0) return null;
  return (
    <ul aria-label={label} className="px-2 pb-2">
      {all.map((contact) => (
        <Row key={contact.username} contact={contact} me={me} act={act} />
      ))}
    </ul>
  );
}

function Row({ contact, me, act }: { contact: Contact; me: string; act: (act: Act) => void }) {
  const { to } = useMove();
  const now = useNow();
  const { thread, username, name } = contact;
  const unread = thread?.unread_count ?? 0;
  const typing = thread?.typing && millis(thread.typing.until) > now;
  const said = thread?.newest ? snippet(thread.newest, me) : t('home.hello');
  return (
    <li className="group relative">
      <Pressable
        onPress={() => to({ at: 'thread', account: username })}
        className="flex h-conversation w-full items-center gap-3 rounded-card px-2 pe-12 text-start group-has-data-[hovered]:bg-hover data-[pressed]:bg-bubble"
      >
        <Avatar
          name={name}
          picture={contact.profile_pic}
          size="l"
          opened={thread?.window_time ? millis(thread.window_time) : undefined}
        />
        <span className="min-w-0 flex-1">
          <span className={`block truncate ${unread > 0 ? 'font-semibold' : 'font-medium'}`}>{name}</span>
          <span className={`flex items-baseline gap-1 text-dense ${unread > 0 ? 'font-medium' : 'text-muted'}`}>
            <span className={`truncate ${typing ? 'text-accent' : ''}`}>{typing ? t('home.typing') : said}</span>
            {thread && (
              <span className="shrink-0 text-muted tabular-nums">· {ago(millis(thread.updated_time), now)}</span>
            )}
          </span>
        </span>
        {unread > 0 && <span className="sr-only">{t('home.unread', { count: unread })}</span>}
      </Pressable>
      {unread > 0 && (
        <span
          aria-hidden
          className="pointer-events-none absolute end-4 top-1/2 size-dot -translate-y-1/2 rounded-full bg-accent group-focus-within:hidden group-hover:hidden touch:-translate-y-4"
        />
      )}
      <Menu
        icon={MoreHorizontal}
        label={t('relation.menu', { name })}
        choices={relationChoices(contact, act, () => to({ at: 'account', account: username }))}
        className="absolute! end-2 top-1/2 -translate-y-1/2 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 touch:opacity-100 aria-expanded:opacity-100"
      />
    </li>
  );
}

/** What can be done to an account from a list or a thread. */
export function relationChoices(contact: Contact, act: (act: Act) => void, profile: () => void): Choice[] {
  const { username: account, follows, blocked, thread } = contact;
  const all: (Choice | false)[] = [
    { id: 'profile', label: t('relation.profile'), icon: UserRound, run: profile },
    follows
      ? { id: 'unfollow', label: t('relation.unfollow'), icon: UserCheck, run: () => act({ do: 'unfollow', account }) }
      : { id: 'follow', label: t('relation.follow'), icon: UserPlus, run: () => act({ do: 'follow', account }) },
    blocked.by_person
      ? { id: 'unblock', label: t('relation.unblock'), icon: Ban, run: () => act({ do: 'unblock', account }) }
      : { id: 'block', label: t('relation.block'), icon: Ban, danger: true, run: () => act({ do: 'block', account }) },
    !!thread && {
      id: 'delete',
      label: t('relation.delete'),
      icon: Trash2,
      danger: true,
      run: () => act({ do: 'delete_thread', account }),
    },
  ];
  return all.filter((choice) => choice !== false);
}
