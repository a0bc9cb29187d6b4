/** Who may do what, as far as the page offers it; the desk refuses the rest (crates/inbox/src/policy/access.rs). */
import type { Schemas } from './api';

type Role = Schemas['Role'];

/** The smallest role for each thing. */
const RIGHTS = {
  reply: 'agent',
  note: 'agent',
  triage: 'agent',
  arrange: 'supervisor',
  staff: 'supervisor',
  audit: 'supervisor',
  own_business: 'owner',
} as const satisfies Record<string, Role>;

const RANK: Record<Role, number> = { read_only: 0, agent: 1, supervisor: 2, owner: 3 };

/** Whether somebody of a role may do something. */
export const may = (role: Role, what: keyof typeof RIGHTS) => RANK[role] >= RANK[RIGHTS[what]];
