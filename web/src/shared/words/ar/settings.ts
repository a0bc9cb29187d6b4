import type { Words } from '..';
import type { settings as english } from '../en/settings';

/** Arabic of the same. */
export const settings: Record<keyof typeof english, Words> = {};
