import type { Words } from '..';
import type { list as english } from '../en/list';

/** Arabic of the same. */
export const list: Record<keyof typeof english, Words> = {};
