/** One outbox for each conversation, for as long as the page is open: what is unsent survives going elsewhere. */
import type { QueryClient } from '@tanstack/react-query';
import { Outbox } from '../data/outbox';
import { refresh, staleBy } from '../data/queries';

const outboxes = new Map<string, Outbox>();

export function outboxOf(client: QueryClient, person: string, account: string): Outbox {
  const key = `${person} ${account}`;
  const known = outboxes.get(key);
  if (known) return known;
  const made = new Outbox(person, account, () => refresh(client, staleBy({ username: person })));
  outboxes.set(key, made);
  return made;
}
