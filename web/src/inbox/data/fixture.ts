/** A conversation for tests, in which everything has a plain value. */
import type { Conversation } from './conversation';

export function conversation(id: string, values: Partial<Conversation> = {}): Conversation {
  return {
    id,
    connection: '1',
    customer: `c${id}`,
    profile: { name: `Person ${id}`, username: `person.${id}` },
    seq: 1,
    status: 'open',
    priority: 0,
    waiting: false,
    first_time: 0,
    last_time: 0,
    window: { state: 'open' },
    unread: 0,
    failed: 0,
    standby: false,
    labels: [],
    presence: [],
    ...values,
  };
}
