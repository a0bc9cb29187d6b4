import type { Words } from '..';
import type { phone as english } from '../en/phone';

/** Arabic of the same. */
export const phone: Record<keyof typeof english, Words> = {};
