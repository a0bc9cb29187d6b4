import type { Catalogue } from '..';
import { inbox } from './inbox';
import { list } from './list';
import { person } from './person';
import { phone } from './phone';
import { session } from './session';
import { settings } from './settings';
import { shared } from './shared';
import { thread } from './thread';

/** The Arabic catalogue. */
export const ar: Catalogue = { ...shared, ...phone, ...inbox, ...list, ...thread, ...person, ...session, ...settings };
