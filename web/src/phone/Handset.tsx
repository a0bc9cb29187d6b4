import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useNow } from '../shared/clock';
import { clockTime } from '../shared/time';
import { Avatar } from '../shared/ui/Avatar';
import { IconButton } from '../shared/ui/Button';
import { Boundary, ErrorState } from '../shared/ui/states';
import { t } from '../shared/words';
import { people } from './data/queries';
import { HOME, type Place } from './desk';
import { Move, type Mover } from './move';
import { nameOf, openedLast, type Person } from './person';
import { Account } from './screens/Account';
import { Home } from './screens/Home';
import { Me } from './screens/Me';
import { Picker } from './screens/Picker';
import { Post } from './screens/Post';
import { Story } from './screens/Story';
import { Thread } from './thread/Thread';

interface Props {
  person: string | null;
  place: Place;
  go: (place: Place) => void;
  become: (person: string | null) => void;
  close: (() => void) | null;
}

/** One phone in somebody's hand. */
export function Handset({ person: username, place, go, become, close }: Props) {
  const { data, error, refetch } = useQuery(people());
  const person = data?.data.find((it) => it.username === username);
  const known = username === null || !data || person !== undefined;
  const name = person ? nameOf(person) : username;
  const mover = useMover(place, go);
  return (
    <section
      aria-label={name ? t('handset.label', { name }) : t('handset.blank')}
      className="flex h-full w-full shrink-0 snap-center flex-col overflow-hidden bg-surface desk:max-h-handset-tall desk:w-handset desk:self-center desk:rounded-bubble desk:border desk:border-line"
    >
      <StatusBar username={username} person={person} close={close} />
      <Boundary>
        <Move value={mover}>
          {username === null || !known ? (
            <Picker pick={become} missing={known ? null : username} close={close} />
          ) : error && !data ? (
            <ErrorState error={error} retry={() => void refetch()} />
          ) : (
            <Screen key={JSON.stringify(place)} me={username} place={place} leave={() => become(null)} />
          )}
        </Move>
      </Boundary>
    </section>
  );
}

/** Where one came from, so that back leads there; else to the list of conversations. */
function useMover(place: Place, go: (place: Place) => void): Mover {
  const past = useRef<Place[]>([]);
  return {
    to: (next) => {
      past.current.push(place);
      go(next);
    },
    back: () => go(past.current.pop() ?? HOME),
  };
}

function StatusBar({
  username,
  person,
  close,
}: {
  username: string | null;
  person: Person | undefined;
  close: (() => void) | null;
}) {
  const now = useNow();
  const name = person ? nameOf(person) : (username ?? t('desk.empty'));
  return (
    <div className="flex h-menu shrink-0 items-center gap-2 px-3 pt-1 text-meta text-muted max-desk:hidden">
      {person && <Avatar name={name} picture={person.profile_pic} size="s" opened={openedLast(person)} />}
      <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
      <span className="tabular-nums" aria-hidden>
        {clockTime(now)}
      </span>
      {close && (
        <IconButton
          icon={X}
          size="s"
          label={username ? t('handset.close', { name }) : t('handset.closeBlank')}
          onPress={close}
        />
      )}
    </div>
  );
}

function Screen({ me, place, leave }: { me: string; place: Place; leave: () => void }) {
  const screen = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    // Who moves by keyboard goes on from the top of the new screen, unless something there takes the focus.
    const from = document.activeElement;
    if (moved.current || from === document.body || from === null) screen.current?.focus({ preventScroll: true });
    moved.current = true;
  }, []);
  return (
    <div ref={screen} tabIndex={-1} className="flex min-h-0 flex-1 animate-pane flex-col outline-hidden">
      <Shown me={me} place={place} leave={leave} />
    </div>
  );
}

function Shown({ me, place, leave }: { me: string; place: Place; leave: () => void }) {
  switch (place.at) {
    case 'home':
      return <Home me={me} leave={leave} />;
    case 'me':
      return <Me me={me} />;
    case 'thread':
      return <Thread me={me} account={place.account} />;
    case 'account':
      return <Account me={me} account={place.account} />;
    case 'post':
      return <Post me={me} account={place.account} media={place.media} />;
    case 'story':
      return <Story me={me} account={place.account} />;
  }
}
