/** What a thread is made of, beside its messages. */
import type { Schemas } from '../data/api';

/** Something that happened to the conversation. */
export interface Happening {
  seq: number;
  /** `assigned`, `snoozed`, `resolved` and so on. */
  kind: string;
  agent?: string | null;
  /** Whom or what it is about. */
  subject?: string | null;
  detail?: string | null;
  created_time: number;
}

export type Note = Schemas['Note'] & { mentions?: string[] };

/** A body of what is sent. A file is named by the id of its upload. */
export type Body =
  | { kind: 'text'; text: string; reply_to?: string | null }
  | { kind: 'media'; media: string; attachment_id?: string | null; url?: string | null }
  | { kind: 'reaction'; mid: string; emoji?: string | null }
  | { kind: 'seen' }
  | { kind: 'private_reply'; comment: string; text: string };

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
  /** A picture of the file, as long as this page has it. */
  preview: string | null;
}

type Thread = Schemas['Thread'];

/** What of the API's answer may not be there yet. */
export const happeningsOf = (thread: Thread): readonly Happening[] =>
  (thread as { happenings?: Happening[] }).happenings ?? NONE;
const NONE: readonly Happening[] = [];
