import { memo, useState } from 'react';
import { clockTime } from '../../shared/time';
import { Button } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import { useThreadDesk } from './context';
import { happened, told } from './happened';
import type { Event, Row } from './rows';

/** So many stand one below the other; of more, the last is shown and the others are folded. */
const MOST = 3;

/** What happened between messages, as small text in the middle. */
export const EventsRow = memo(function EventsRow({ row }: { row: Extract<Row, { is: 'events' }> }) {
  const [all, setAll] = useState(false);
  const { events } = row;
  const folded = !all && events.length > MOST;
  const shown = folded ? events.slice(-1) : events;
  return (
    <li data-row={row.key} className="flex flex-col items-center gap-px px-4 pb-3 text-center text-meta text-muted">
      {events.length > MOST && (
        <Button look="quiet" aria-expanded={all} onPress={() => setAll(!all)}>
          {folded ? t('talk.moreEvents', { count: events.length - 1 }) : t('talk.fewerEvents')}
        </Button>
      )}
      {shown.map((event) => (
        <p key={event.key}>
          <Words event={event} /> · <span className="tabular-nums">{clockTime(event.time)}</span>
        </p>
      ))}
    </li>
  );
});

function Words({ event }: { event: Event }) {
  const desk = useThreadDesk();
  switch (event.is) {
    case 'window':
      return t(event.state === 'closed' ? 'talk.windowClosedHere' : 'talk.windowHalfHere');
    case 'told':
      return told(event.message, desk.person);
    case 'happening':
      return happened(event.happening, desk.names);
  }
}
