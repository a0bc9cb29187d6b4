import type { Words } from '..';
import type { shared as english } from '../en/shared';

/** Arabic of the same. */
export const shared: Record<keyof typeof english, Words> = {};
