import { useQuery } from '@tanstack/react-query';
import { Plus, Smartphone, WifiOff } from 'lucide-react';
import { useRef } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { useNow } from '../shared/clock';
import { useLive, type Live } from '../shared/live';
import { clockTime, worldTime } from '../shared/time';
import { Avatar } from '../shared/ui/Avatar';
import { IconButton } from '../shared/ui/Button';
import { ThemeButton } from '../shared/ui/ThemeButton';
import { t } from '../shared/words';
import { Handset } from './Handset';
import { people } from './data/queries';
import { MOST } from './desk';
import { openedLast } from './person';
import { useDesk } from './useDesk';

/** Handsets side by side, and what stands above them. */
export function Desk({ live }: { live: Pick<Live<unknown>, 'watch' | 'state'> }) {
  const { handsets, go, become, add, close } = useDesk();
  const stand = useRef<HTMLElement>(null);
  const show = (index: number) =>
    stand.current?.children[index]?.scrollIntoView({ behavior: 'smooth', inline: 'center', block: 'nearest' });
  return (
    <div className="flex h-full flex-col">
      <header className="flex h-bar shrink-0 items-center gap-2 border-b border-line bg-surface px-3">
        <h1 className="flex items-center gap-2 text-body font-semibold">
          <Smartphone className="size-icon text-accent" strokeWidth={1.75} aria-hidden />
          <span className="max-desk:sr-only">{t('app.phone')}</span>
        </h1>
        <Tabs people={handsets.map((handset) => handset.person)} show={show} />
        <IconButton icon={Plus} label={t('desk.add')} isDisabled={handsets.length >= MOST} onPress={add} />
        <span className="flex-1" />
        <WorldClock />
        <ThemeButton />
      </header>
      <LostBar live={live} />
      <main
        ref={stand}
        className="flex min-h-0 flex-1 snap-x snap-mandatory overflow-x-auto desk:snap-none desk:justify-center-safe desk:gap-6 desk:p-6"
      >
        {handsets.map((handset, index) => (
          <Handset
            key={`${index} ${handset.person}`}
            person={handset.person}
            place={handset.place}
            go={(place) => go(index, place)}
            become={(person) => become(index, person)}
            close={handsets.length > 1 ? () => close(index) : null}
          />
        ))}
      </main>
    </div>
  );
}

/** Who is on the desk; on a narrow screen this is how one gets from one to the other. */
function Tabs({ people: names, show }: { people: (string | null)[]; show: (index: number) => void }) {
  const { data } = useQuery(people());
  if (names.length < 2 && !names[0]) return null;
  return (
    <nav aria-label={t('desk.label')} className="flex min-w-0 gap-1 overflow-x-auto p-1">
      {names.map((name, index) => {
        const person = data?.data.find((it) => it.username === name);
        const text = name ?? t('desk.empty');
        return (
          <Pressable
            key={`${index} ${name}`}
            aria-label={t('desk.tab', { name: text })}
            onPress={() => show(index)}
            className="flex min-h-menu shrink-0 items-center gap-2 rounded-control px-1 text-dense data-[hovered]:bg-hover"
          >
            <Avatar
              name={text}
              picture={person?.profile_pic}
              size="s"
              opened={person ? openedLast(person) : undefined}
            />
            <span className="max-desk:sr-only">{text}</span>
          </Pressable>
        );
      })}
    </nav>
  );
}

function WorldClock() {
  const now = useNow(1_000);
  return (
    <time
      dateTime={new Date(now).toISOString()}
      title={t('clock.label')}
      className="px-1 text-dense text-muted tabular-nums"
    >
      <span className="max-desk:hidden">{worldTime(now)}</span>
      <span className="desk:hidden">{clockTime(now)}</span>
    </time>
  );
}

/** Says that nothing new arrives, since when, and what still works. */
function LostBar({ live }: { live: Pick<Live<unknown>, 'watch' | 'state'> }) {
  const { lostAt } = useLive(live);
  return (
    <div role="status">
      {lostAt !== null && (
        <p className="flex items-center gap-2 border-b border-line bg-note px-3 py-1 text-dense">
          <WifiOff className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
          {t('live.lost', { time: clockTime(lostAt) })}
        </p>
      )}
    </div>
  );
}
