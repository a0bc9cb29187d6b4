import type { Words } from '..';
import type { inbox as english } from '../en/inbox';

/** Arabic of the same. */
export const inbox: Record<keyof typeof english, Words> = {};
