import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNow } from '../../shared/clock';
import { windowAt } from '../../shared/window';
import { t } from '../../shared/words';
import type { Schemas } from '../data/api';
import { may } from '../data/may';
import { refreshThread } from '../data/thread';
import { Announcer } from './Announcer';
import { Composer } from './composer/Composer';
import { sendsOf } from './composer/desk';
import type { FieldHandle } from './composer/Field';
import { useSends } from './composer/sends';
import { composerOf } from './composer/writing';
import { ThreadContext, type ThreadDesk } from './context';
import { Header } from './Header';
import { Messages, type MessagesHandle } from './Messages';
import { outs, reactionsWith, unsettled } from './outs';
import { Problem } from './Problem';
import { reuse, rows, type Row } from './rows';
import { useThere } from './there';
import { Blank } from './ThreadPane';
import { Typing } from './Typing';
import { useOutboxActs } from './useOutboxActs';
import { useRead } from './useRead';
import { useThreadActions } from './useThreadActions';

type Thread = Schemas['Thread'];

interface Props {
  me: Schemas['Agent'];
  /** Newest first. */
  pages: readonly Thread[];
  team: readonly Schemas['Agent'][];
  teams: readonly Schemas['Team'][];
  older: (() => Promise<unknown>) | null;
  loadingOlder: boolean;
}

/** So many pages are read in search of a message that is quoted. */
const SEARCHED = 20;

/** A thread that is there: its head, its rows, and where one answers. */
export function OpenThread({ me, pages, team, teams, older, loadingOlder }: Props) {
  const client = useQueryClient();
  const head = pages[0]!;
  const { conversation } = head;
  const { id } = conversation;
  const store = composerOf(me.id, id);
  const sends = sendsOf(client, me.id);
  const waiting = useSends(sends, id);
  const typed = useThere(id);
  const now = useNow();
  const list = useRef<MessagesHandle>(null);
  const field = useRef<FieldHandle>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [atBottom, setAtBottom] = useState(true);
  useEffect(() => store.open(head.draft ?? null), [store, head.draft]);

  const messages = useMemo(() => [...pages].reverse().flatMap((page) => page.messages), [pages]);
  const reactions = useMemo(
    () =>
      reactionsWith(
        pages.flatMap((page) => page.reactions),
        pages[0]!.outbox,
      ),
    [pages],
  );
  const names = useMemo(() => new Map([...team, ...teams].map(({ id: one, name }) => [one, name])), [team, teams]);
  const person = conversation.profile.name || conversation.profile.username || t('talk.somebody');
  const mayWrite = may(me.role, 'reply');
  const mayReact = mayWrite && windowAt(conversation.person_time ?? null, now).state === 'open';

  const { firstNew, unseen, lastSeen } = useRead({
    conversation,
    messages,
    outbox: head.outbox,
    atBottom,
    me: me.id,
    mayWrite,
  });
  const facts = useMemo(
    () => ({
      messages,
      more: older !== null,
      reactions,
      notes: head.notes,
      happenings: head.happenings,
      outs: outs(head.outbox, unsettled(waiting, messages, me.id), me.id),
      seen: head.seen ?? null,
      firstNew,
      personTime: conversation.person_time ?? null,
      now,
    }),
    [messages, older, reactions, head, waiting, me.id, firstNew, conversation.person_time, now],
  );
  const shown = useReused(useMemo(() => rows(facts), [facts]));

  // What is asked for while something else is asked for would be lost, so the newest page is read once more behind it.
  const bringOlder = useCallback(async () => {
    await older?.();
    void refreshThread(client, id);
  }, [client, id, older]);
  const ask = useRef(bringOlder);
  const there = useRef({ older, keys: shown });
  useEffect(() => {
    ask.current = bringOlder;
    there.current = { older, keys: shown };
  });
  const jump = useCallback(async (mid: string) => {
    for (let page = 0; page < SEARCHED; page += 1) {
      if (list.current?.show(mid) || !there.current.older) return;
      await ask.current();
      await new Promise(requestAnimationFrame);
    }
  }, []);

  const write = useCallback(
    (mode: 'reply' | 'note') => {
      store.set({ mode });
      requestAnimationFrame(() => field.current?.focus());
    },
    [store],
  );
  const acts = useOutboxActs(id, store, write);
  const { react, retry, discard, rewrite } = acts;
  const desk = useMemo<ThreadDesk>(
    () => ({
      id,
      me: me.id,
      person,
      names,
      mayWrite,
      mayReact,
      jump: (mid) => void jump(mid),
      reply: (mid) => {
        store.set({ replyTo: mid });
        write('reply');
      },
      react,
      retry,
      discard,
      rewrite,
    }),
    [id, me.id, person, names, mayWrite, mayReact, jump, store, write, react, retry, discard, rewrite],
  );
  const latest = messages.findLast((message) => message.side === 'person' && message.kind !== 'unsent')?.mid ?? null;
  useThreadActions({ mayWrite, latest: mayReact ? latest : null, write, react, list, picker });

  return (
    <ThreadContext value={desk}>
      <Header conversation={conversation} />
      <Messages
        rows={shown}
        earlier={older ? () => void bringOlder() : null}
        loadingEarlier={loadingOlder}
        unseen={unseen}
        onBottom={setAtBottom}
        empty={<Blank />}
        handle={list}
      />
      <Announcer messages={messages} me={me.id} person={person} />
      <Problem error={acts.error} dismiss={acts.forget} />
      <Typing id={id} me={me.id} />
      <Composer
        conversation={conversation}
        store={store}
        sends={sends}
        lastSeen={lastSeen}
        messages={messages}
        typed={typed}
        leave={() => list.current?.focus()}
        field={field}
        picker={picker}
      />
    </ThreadContext>
  );
}

/** Rows that are the objects that they were before, where they say the same. */
function useReused(next: Row[]): readonly Row[] {
  const [kept, keep] = useState<readonly Row[]>(next);
  const rows = reuse(kept, next);
  if (rows !== kept) keep(rows);
  return rows;
}
