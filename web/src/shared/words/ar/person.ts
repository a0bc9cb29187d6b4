import type { Words } from '..';
import type { person as english } from '../en/person';

/** Arabic of the same. */
export const person: Record<keyof typeof english, Words> = {};
