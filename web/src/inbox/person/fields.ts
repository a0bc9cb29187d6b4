/** What agents note of a person under names of their own, as the desk takes it. */
import type { Schemas } from '../data/api';

export type Field = Schemas['Field'];

/** The most of a person. */
export const MOST = 20;
/** The longest name and value, in characters. */
export const LONGEST = { name: 40, value: 200 } as const;

const length = (text: string) => [...text].length;

export type Wrong = 'empty' | 'longName' | 'longValue' | 'taken';

/** What is wrong with a field in the place `at` of the others; null for a new one. */
export function wrongWith(all: readonly Field[], at: number | null, { name, value }: Field): Wrong | null {
  const named = name.trim();
  if (named === '') return 'empty';
  if (length(named) > LONGEST.name) return 'longName';
  if (length(value.trim()) > LONGEST.value) return 'longValue';
  return all.some((other, index) => index !== at && other.name === named) ? 'taken' : null;
}

/** The fields with one changed in its place, or added behind the others. */
export function withField(all: readonly Field[], at: number | null, { name, value }: Field): Field[] {
  const field = { name: name.trim(), value: value.trim() };
  return at === null ? [...all, field] : all.map((other, index) => (index === at ? field : other));
}

/** The fields without one. */
export const without = (all: readonly Field[], at: number) => all.filter((_field, index) => index !== at);
