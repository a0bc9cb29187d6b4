import type { Schemas } from '../shared/api/client';
import { millis } from '../shared/time';

export type Person = Schemas['PersonView'];

/** When a person last opened a window with any account; undefined where they wrote to none. */
export function openedLast(person: Person): number | undefined {
  const times = Object.values(person.window_times).map(millis);
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** What to call a person. */
export const nameOf = (person: Pick<Person, 'name' | 'username'>) => person.name ?? person.username;
