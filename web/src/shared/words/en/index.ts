import { inbox } from './inbox';
import { list } from './list';
import { person } from './person';
import { phone } from './phone';
import { session } from './session';
import { settings } from './settings';
import { shared } from './shared';
import { thread } from './thread';

/** The English catalogue, which says what keys there are. */
export const en = { ...shared, ...phone, ...inbox, ...list, ...thread, ...person, ...session, ...settings };
