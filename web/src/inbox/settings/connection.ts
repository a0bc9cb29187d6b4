import type { Schemas } from '../data/api';

export type ConnectionState = 'trouble' | 'importing' | 'connected';

/** How a connection is, in one word: what keeps it from sending comes first. */
export const stateOf = ({
  trouble,
  import_state,
}: Pick<Schemas['Connection'], 'trouble' | 'import_state'>): ConnectionState =>
  trouble ? 'trouble' : import_state === 'done' ? 'connected' : 'importing';
