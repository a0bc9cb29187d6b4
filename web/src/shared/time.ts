/** Times as people read them. All are milliseconds of the world's clock; the zone is the browser's. */
import { t, tag } from './words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds of an RFC 3339 time. */
export const millis = (text: string) => Date.parse(text);

const formats = new Map<string, Intl.DateTimeFormat>();
function format(time: number, name: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${tag()} ${name}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(tag(), options);
  formats.set(key, known);
  return known.format(time);
}

/** `14:05` */
export const clockTime = (time: number) =>
  format(time, 'clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** `14:05:30`, of what is to the second. */
export const exactTime = (time: number) =>
  format(time, 'exact', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** `Thu, 26 Nov, 14:05` */
export const worldTime = (time: number) =>
  format(time, 'world', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });

/** Midnight before a time, in the browser's zone. */
function dayStart(time: number): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Whether two times lie on different days. */
export const differentDay = (a: number, b: number) => dayStart(a) !== dayStart(b);

/** Headline of a day: today, yesterday, `Tuesday`, `3 November`, `3 November 2025`. */
export function dayLine(time: number, now: number): string {
  const days = Math.round((dayStart(now) - dayStart(time)) / DAY);
  if (days === 0) return t('time.today');
  if (days === 1) return t('time.yesterday');
  if (days > 1 && days < 7) return format(time, 'weekday', { weekday: 'long' });
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  if (sameYear) return format(time, 'day', { day: 'numeric', month: 'long' });
  return format(time, 'year', { day: 'numeric', month: 'long', year: 'numeric' });
}

/** How long ago, in one unit: `now`, `5 min`, `3 h`, `2 d`, `4 w`. */
export function ago(time: number, now: number): string {
  const age = Math.max(0, now - time);
  if (age < MINUTE) return t('time.now');
  if (age < HOUR) return t('time.minutes', { count: Math.floor(age / MINUTE) });
  if (age < DAY) return t('time.hours', { count: Math.floor(age / HOUR) });
  if (age < 14 * DAY) return t('time.days', { count: Math.floor(age / DAY) });
  return t('time.weeks', { count: Math.floor(age / (7 * DAY)) });
}

/** How much is left, in at most two units: `6 d 3 h`, `22 h 5 min`, `4 min`, `0 min`. */
export function left(span: number): string {
  const rows: [number, (count: number) => string][] = [
    [DAY, (count) => t('time.days', { count })],
    [HOUR, (count) => t('time.hours', { count })],
    [MINUTE, (count) => t('time.minutes', { count })],
  ];
  const first = rows.findIndex(([unit]) => span >= unit);
  if (first < 0) return t('time.minutes', { count: 0 });
  const [unit, words] = rows[first]!;
  const next = rows[first + 1];
  const rest = next ? Math.floor((span % unit) / next[0]) : 0;
  return next && rest > 0 ? `${words(Math.floor(span / unit))} ${next[1](rest)}` : words(Math.floor(span / unit));
}

/** `0:07`, of a recording. */
export function stopwatch(span: number): string {
  const seconds = Math.floor(span / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
