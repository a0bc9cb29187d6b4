/** Which roles somebody may give, and whose they may change (crates/inbox/src/policy/access.rs). */
import type { Schemas } from '../data/api';
import { may } from '../data/may';

export type Role = Schemas['Role'];

/** From the largest to the smallest. */
export const ROLES: readonly Role[] = ['owner', 'supervisor', 'agent', 'read_only'];

/** Whether a role may give another, or change somebody who has it: owners any, supervisors those below them. */
export const mayGive = (role: Role, given: Role) =>
  may(role, 'staff') && (role === 'owner' || ROLES.indexOf(given) > ROLES.indexOf(role));

/** The roles that somebody may give. */
export const rolesGivenBy = (role: Role) => ROLES.filter((given) => mayGive(role, given));
