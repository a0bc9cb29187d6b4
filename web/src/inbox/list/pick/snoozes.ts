/** When a snooze ends, as people say it: in the browser's zone, of the desk's clock. */

export const SNOOZES = ['hour', 'hours', 'evening', 'tomorrow', 'week'] as const;
export type Snooze = (typeof SNOOZES)[number];

const HOUR = 3_600_000;
/** Hours of the day. */
const MORNING = 9;
const EVENING = 18;
/** How long before the evening it is no more offered, in hours. */
const SOON = 1;

/** So many days after a time, at an hour. */
function at(time: number, days: number, hour: number): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime();
}

/** The choices at a moment, in the order of time. */
export function snoozes(now: number): { id: Snooze; until: number }[] {
  const monday = (8 - new Date(now).getDay()) % 7 || 7;
  const evening = at(now, 0, EVENING);
  const all: { id: Snooze; until: number }[] = [
    { id: 'hour', until: now + HOUR },
    { id: 'hours', until: now + 3 * HOUR },
    { id: 'evening', until: evening },
    { id: 'tomorrow', until: at(now, 1, MORNING) },
    { id: 'week', until: at(now, monday, MORNING) },
  ];
  return all
    .filter(({ id, until }) => id !== 'evening' || until > now + SOON * HOUR)
    .filter(({ id, until }) => id !== 'week' || until > at(now, 1, MORNING))
    .sort((a, b) => a.until - b.until);
}

const two = (number: number) => String(number).padStart(2, '0');

/** A time as a field for date and time has it. */
export function fieldTime(time: number): string {
  const date = new Date(time);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
