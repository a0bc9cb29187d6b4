import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Offset } from '../../shared/clock';
import { Live } from '../../shared/live';
import { answer, api, type Schemas } from '../data/api';
import { News, refresh, type Event } from '../data/news';
import { KINDS, WHISPERS } from './kinds';
import { Presence } from './presence';

/** What every part of the inbox stands on once somebody is in. */
interface Desk {
  me: Schemas['Agent'];
  workspace: Schemas['Workspace'];
  live: Live<Event>;
  news: News;
  presence: Presence;
}

const Context = createContext<Desk | null>(null);

/** The desk that one is at. */
export function useDesk(): Desk {
  const desk = useContext(Context);
  if (!desk) throw new Error('nobody is in');
  return desk;
}

/** Connects the live stream for as long as somebody is in, and gives the desk's clock to what counts down. */
export function DeskProvider({ session, children }: { session: Schemas['Me']; children: ReactNode }) {
  const client = useQueryClient();
  const [offset, setOffset] = useState(() => session.now - Date.now());
  const [{ live, news, presence }] = useState(() => {
    const news = new News();
    const presence = new Presence();
    const whisper = (name: string, data: unknown) => {
      if (name === 'clock') return setOffset((data as { now: number }).now - Date.now());
      const told = data as Schemas['Whispered'];
      presence.tell(told.conversation, told.presence);
    };
    // A whisper about the clock that fell into a gap is not told again.
    let before = false;
    const opened = () => {
      if (before)
        void answer(api.GET('/inbox/api/session')).then(
          ({ now }) => setOffset(now - Date.now()),
          () => undefined,
        );
      before = true;
    };
    const heard = { opened, event: (event: Event) => news.add(event), whisper };
    const live = new Live<Event>('/inbox/api/live', heard, { entries: KINDS, whispers: WHISPERS });
    // What was read before the session is older than this entry; what is read after it misses nothing.
    live.after(String(session.workspace.seq));
    return { live, news, presence };
  });
  useEffect(() => {
    const end = news.listen((batch) => refresh(client, batch));
    live.start();
    return () => {
      live.stop();
      end();
    };
  }, [client, live, news]);
  const desk = useMemo(
    () => ({ me: session.agent, workspace: session.workspace, live, news, presence }),
    [session, live, news, presence],
  );
  return (
    <Context value={desk}>
      <Offset value={offset}>{children}</Offset>
    </Context>
  );
}
