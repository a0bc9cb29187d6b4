import type { Words } from '..';
import type { thread as english } from '../en/thread';

/** Arabic of the same. */
export const thread: Record<keyof typeof english, Words> = {};
