/** Which list of conversations is looked at. It stands in the address, so that a link shows the same list to a colleague. */

export const VIEWS = ['all', 'mine', 'unassigned', 'mentions', 'ending_soon', 'failed'] as const;
export type View = (typeof VIEWS)[number];

export const STATUSES = ['open', 'snoozed', 'resolved'] as const;
export type Status = (typeof STATUSES)[number];

/** What narrows a view; ids are those of the API. */
export interface Filter {
  status?: Status | undefined;
  connection?: string | undefined;
  label?: string | undefined;
  team?: string | undefined;
  assignee?: string | undefined;
}

export interface Scope extends Filter {
  view: View;
}

const IDS = ['connection', 'label', 'team', 'assignee'] as const;

/** Takes what it knows of an address's query, and drops the rest. */
export function readFilter(query: Record<string, unknown>): Filter {
  const filter: Filter = {};
  const status = STATUSES.find((known) => known === query['status']);
  if (status) filter.status = status;
  for (const name of IDS) {
    const value = query[name];
    if (typeof value === 'string' && value !== '') filter[name] = value;
  }
  return filter;
}

export const isView = (text: string): text is View => (VIEWS as readonly string[]).includes(text);

/** The scope as a saved view keeps it: `view=mine&status=open`. */
export function writeScope({ view, ...filter }: Scope): string {
  const pairs = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return new URLSearchParams([['view', view], ...pairs]).toString();
}

/** The scope of a saved view; what is not understood is left out. */
export function readScope(query: string): Scope {
  const values = Object.fromEntries(new URLSearchParams(query));
  const view = values['view'] ?? '';
  return { view: isView(view) ? view : 'all', ...readFilter(values) };
}
