/** What a thread is made of, beside its messages. */
import type { Schemas } from '../data/api';

export type Happening = Schemas['Happening'];
export type Note = Schemas['Note'];
/** What is sent. */
export type Body = Schemas['Outgoing'];

/** Something that is on its way, or did not get there. */
export interface Out {
  /** The composer's name for it. */
  key: string;
  time: number;
  agent: string | null;
  body: Body | null;
  failed: boolean;
  /** Where it stands: `waiting` here for the inbox to be reached, `sending` otherwise. */
  state: 'waiting' | 'sending' | 'failed';
  /** What the server knows of it, once it has it. */
  entry: Schemas['Outbox'] | null;
  /** Pictures of its files, as long as this page has them. */
  previews: readonly string[];
}
