import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Mail, MessageSquare, MoreHorizontal, Phone, Trash2 } from 'lucide-react';
import { useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { Offset, useNow } from '../../shared/clock';
import { millis } from '../../shared/time';
import { Avatar, windowWords } from '../../shared/ui/Avatar';
import { Button } from '../../shared/ui/Button';
import { Menu } from '../../shared/ui/Menu';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../shared/ui/states';
import { windowAt } from '../../shared/window';
import { t } from '../../shared/words';
import { Failure } from '../Failure';
import { perform, useAct, type Act } from '../data/acts';
import { newestOf, rows, type Message } from '../data/group';
import { useOutbox, type Draft } from '../data/outbox';
import { choices, contacts, thread } from '../data/queries';
import { line } from '../data/snippet';
import { useMove } from '../move';
import { Bar } from '../screens/Bar';
import { relationChoices } from '../screens/Home';
import { Arrive } from './Arrive';
import type { Arrival } from './arrival';
import { Composer, type ComposerState, type Mode } from './Composer';
import { MessageItem } from './MessageItem';
import { Messages } from './Messages';
import { OutItem } from './OutItem';
import { outboxOf } from './outboxes';

/** How often, at most, the account could be told that somebody writes. */
const TYPING = 5_000;

/** What was begun and not sent, by conversation, for as long as the page is open. */
const begun = new Map<string, ComposerState>();
const BLANK: ComposerState = { text: '', mode: { is: 'write' }, arrival: null };

/** A conversation with an account. */
export function Thread({ me, account }: { me: string; account: string }) {
  const { to } = useMove();
  const client = useQueryClient();
  const offset = useContext(Offset);
  const outbox = outboxOf(client, me, account);
  const outgoing = useOutbox(outbox);
  const query = useInfiniteQuery(thread(me, account));
  const contact = useQuery(contacts(me)).data?.data.find((it) => it.username === account);
  const offered = useQuery(choices(me, account)).data;
  const act = useAct(me);
  const [arriving, setArriving] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);
  const [composer, change] = useComposer(`${me} ${account}`);

  const newestFirst = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  const shown = useMemo(() => rows(newestFirst), [newestFirst]);
  const byId = useMemo(() => new Map(newestFirst.map((message) => [message.id, message])), [newestFirst]);
  const head = query.data?.pages[0];
  const name = contact?.name ?? account;

  useSeen(me, account, newestOf(newestFirst, account), head?.seen.by_person ?? null);
  const arrivedKeys = outgoing
    .filter((item) => item.id && byId.has(item.id))
    .map((item) => item.key)
    .join(' ');
  useEffect(() => outbox.drop(arrivedKeys ? arrivedKeys.split(' ') : []), [outbox, arrivedKeys]);
  const onItsWay = outgoing.filter((item) => !item.id || !byId.has(item.id));

  const begin = useCallback(
    (mode: Mode) => change({ mode, ...(mode.is === 'edit' ? { text: mode.message.text } : {}) }),
    [change],
  );
  const lastTyping = useRef(0);
  const typing = () => {
    if (Date.now() - lastTyping.current < TYPING) return;
    lastTyping.current = Date.now();
    perform(me, { do: 'type', account }).catch(() => undefined);
  };
  const send = (draft: Draft) => outbox.add(draft, Date.now() + offset);
  const arrive = async (arrival: Arrival) => {
    setArriving(false);
    // A link into a conversation that is there is an act of its own; all else goes with the next message.
    if (arrival.by !== 'link' || !contact?.thread) return change({ arrival });
    const done = await act.mutateAsync({ do: 'link', account, ref: arrival.ref }).catch(() => null);
    if (done) setNotice((done as { referral: boolean }).referral ? t('arrive.told') : t('arrive.untold'));
  };

  const until = head?.typing ? millis(head.typing.until) : null;
  const quickReplies = newestFirst[0]?.quick_replies ?? [];
  const iceBreakers = offered?.ice_breakers ?? [];
  const ref = composer.arrival?.by === 'link' ? { ref: composer.arrival.ref } : {};
  const tap = (what: Omit<Extract<Act, { do: 'tap' }>['tap'], 'to'>) =>
    act.mutate({ do: 'tap', tap: { to: account, ...what } });
  const blocked = head?.blocked ?? contact?.blocked;
  const choicesOfBar = contact ? relationChoices(contact, act.mutate, () => to({ at: 'account', account })) : [];
  return (
    <section aria-label={t('thread.label', { name })} className="flex min-h-0 flex-1 flex-col">
      <Bar actions={<Menu icon={MoreHorizontal} label={t('relation.menu', { name })} choices={choicesOfBar} />}>
        <Head me={me} account={account} name={name} until={until} open={() => to({ at: 'account', account })} />
      </Bar>
      {!query.data && query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : !query.data ? (
        <MessagesSkeleton />
      ) : (
        <Messages
          rows={shown}
          earlier={query.hasNextPage ? () => void query.fetchNextPage() : null}
          loadingEarlier={query.isFetchingNextPage}
          render={(row) => (
            <MessageItem
              row={row}
              me={me}
              account={account}
              name={name}
              answered={row.message.reply_to ? byId.get(row.message.reply_to) : undefined}
              seen={head?.seen.by_account === row.message.id}
              act={act.mutate}
              begin={begin}
            />
          )}
          below={
            <>
              {shown.length === 0 && onItsWay.length === 0 && <Blank name={name} removed={head?.removed ?? false} />}
              {onItsWay.map((item) => (
                <OutItem
                  key={item.key}
                  item={item}
                  me={me}
                  account={account}
                  retry={() => outbox.retry(item.key)}
                  discard={() => outbox.drop([item.key])}
                />
              ))}
              <TypingDots until={until} name={name} />
              {iceBreakers.length > 0 && (
                <Chips label={t('thread.iceBreakers')} stacked>
                  {iceBreakers.map(({ title }) => (
                    <Chip key={title} words={title} tap={() => tap({ ice_breaker: title, ...ref })} />
                  ))}
                </Chips>
              )}
              {quickReplies.length > 0 && (
                <Chips label={t('thread.quickReplies')}>
                  {quickReplies.map(({ title, content_type }) => (
                    <Chip key={title} kind={content_type} words={title} tap={() => tap({ quick_reply: title })} />
                  ))}
                </Chips>
              )}
            </>
          }
        />
      )}
      <Announcer newest={newestFirst[0]} account={account} name={name} />
      <Failure error={act.error} dismiss={act.reset} />
      {notice && (
        <p role="status" className="flex items-center gap-2 border-t border-line bg-accent-quiet px-3 py-1 text-dense">
          <span className="flex-1">{notice}</span>
          <Button look="quiet" onPress={() => setNotice(null)}>
            {t('action.dismiss')}
          </Button>
        </p>
      )}
      {arriving && <Arrive arrive={(arrival) => void arrive(arrival)} close={() => setArriving(false)} />}
      {blocked?.by_person || blocked?.by_account ? (
        <div className="flex items-center gap-3 border-t border-line p-3 text-dense text-muted">
          <p className="flex-1">{t(blocked.by_person ? 'relation.youBlocked' : 'relation.blockedYou', { name })}</p>
          {blocked.by_person && (
            <Button onPress={() => act.mutate({ do: 'unblock', account })}>{t('relation.unblock')}</Button>
          )}
        </div>
      ) : (
        <Composer
          me={me}
          account={account}
          name={name}
          state={composer}
          change={change}
          send={send}
          saveEdit={(message, text) => act.mutate({ do: 'edit', message: message.id, text })}
          tapMenu={(title) => tap({ menu_item: title })}
          typing={typing}
          arrive={() => setArriving(true)}
          sharePost={() => to({ at: 'account', account })}
        />
      )}
    </section>
  );
}

function useComposer(key: string) {
  const [state, setState] = useState<ComposerState>(() => begun.get(key) ?? BLANK);
  const change = useCallback(
    (part: Partial<ComposerState>) =>
      setState((before) => {
        const after = { ...before, ...part };
        begun.set(key, after);
        return after;
      }),
    [key],
  );
  return [state, change] as const;
}

/** Opens the thread while it is looked at, whenever there is something that was not seen. */
function useSeen(me: string, account: string, newest: string | null, seen: string | null) {
  const client = useQueryClient();
  useEffect(() => {
    const open = () => {
      if (!newest || newest === seen || document.visibilityState !== 'visible') return;
      perform(me, { do: 'open', account })
        .then(() => client.invalidateQueries({ queryKey: ['contacts', me] }))
        .catch(() => undefined);
    };
    open();
    document.addEventListener('visibilitychange', open);
    return () => document.removeEventListener('visibilitychange', open);
  }, [client, me, account, newest, seen]);
}

interface HeadProps {
  me: string;
  account: string;
  name: string;
  until: number | null;
  open: () => void;
}

const COLOURS = { open: 'text-open', human_agent: 'text-human', closed: 'text-closed', none: 'text-muted' } as const;

/** Who it is, and whether they may write: the window, as a ring and in words. */
function Head({ me, account, name, until, open }: HeadProps) {
  const now = useNow(1_000);
  const writes = until !== null && until > now;
  const contact = useQuery(contacts(me)).data?.data.find((it) => it.username === account);
  const opened = contact?.thread?.window_time ? millis(contact.thread.window_time) : null;
  const window = windowAt(opened, now);
  const colour = window.ending ? 'text-human' : COLOURS[window.state];
  return (
    <Pressable
      onPress={open}
      className="flex w-full min-w-0 items-center gap-2 rounded-control p-1 text-start data-[hovered]:bg-hover"
    >
      <Avatar name={name} picture={contact?.profile_pic} opened={opened} />
      <span className="min-w-0 flex-1">
        <span role="heading" aria-level={2} className="block truncate font-semibold">
          {name}
        </span>
        <span className={`block truncate text-meta tabular-nums ${writes ? 'text-accent' : colour}`}>
          {writes ? t('home.typing') : windowWords(window)}
        </span>
      </span>
    </Pressable>
  );
}

function Blank({ name, removed }: { name: string; removed: boolean }) {
  return removed ? (
    <EmptyState icon={Trash2} title={t('thread.removed')}>
      {t('thread.removedWhy')}
    </EmptyState>
  ) : (
    <EmptyState icon={MessageSquare} title={t('thread.empty')}>
      {t('thread.emptyWhy', { name })}
    </EmptyState>
  );
}

function TypingDots({ until, name }: { until: number | null; name: string }) {
  const now = useNow(1_000);
  if (until === null || until <= now) return null;
  return (
    <p className="flex items-center gap-1 self-start rounded-bubble bg-bubble px-3 py-3">
      <span className="sr-only">{t('thread.typing', { name })}</span>
      <span aria-hidden className="size-dot animate-typing rounded-full bg-muted" />
      <span aria-hidden className="size-dot animate-typing rounded-full bg-muted delay-150" />
      <span aria-hidden className="size-dot animate-typing rounded-full bg-muted delay-300" />
    </p>
  );
}

function Chips({ label, stacked = false, children }: { label: string; stacked?: boolean; children: ReactNode }) {
  return (
    <ul aria-label={label} className={`flex gap-2 py-2 ${stacked ? 'flex-col items-end' : 'flex-wrap justify-end'}`}>
      {children}
    </ul>
  );
}

const CHIP_ICONS = { user_phone_number: Phone, user_email: Mail };

function Chip({ words, kind = 'text', tap }: { words: string; kind?: string; tap: () => void }) {
  const Icon = CHIP_ICONS[kind as keyof typeof CHIP_ICONS];
  return (
    <li>
      <Pressable
        onPress={tap}
        className="flex min-h-menu items-center gap-2 rounded-bubble border border-accent px-3 py-1 text-start text-dense font-medium text-accent touch:min-h-touch data-[hovered]:bg-accent-quiet"
      >
        {Icon && <Icon className="size-icon-s" strokeWidth={1.75} aria-hidden />}
        {words}
      </Pressable>
    </li>
  );
}

/** Reads out what the account writes while one looks. */
function Announcer({ newest, account, name }: { newest: Message | undefined; account: string; name: string }) {
  const [known, setKnown] = useState(newest?.id);
  const [text, setText] = useState('');
  if (newest && newest.id !== known) {
    setKnown(newest.id);
    if (known !== undefined && newest.from === account) setText(t('thread.arrived', { name, text: line(newest) }));
  }
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}

function MessagesSkeleton() {
  const widths = ['w-1/2 self-start', 'w-2/3 self-start', 'w-1/3 self-end', 'w-1/2 self-start', 'w-1/2 self-end'];
  return (
    <Loading className="flex flex-1 flex-col justify-end gap-2 p-3">
      {widths.map((width, index) => (
        <Skeleton key={index} className={`h-8 rounded-bubble ${width}`} />
      ))}
    </Loading>
  );
}
