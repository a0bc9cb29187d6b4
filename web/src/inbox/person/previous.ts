/** What had become of a conversation before: when it was resolved, and when it was taken up again. */
import type { Schemas } from '../data/api';

export type Happening = Schemas['Happening'];

const KINDS: readonly Happening['kind'][] = ['resolved', 'reopened'];

/** Those of all pages that were read, newest first, each once. */
export function previous(pages: readonly Pick<Schemas['Thread'], 'happenings'>[]): Happening[] {
  const all = new Map(pages.flatMap((page) => page.happenings).map((one) => [one.seq, one]));
  return [...all.values()].filter((one) => KINDS.includes(one.kind)).sort((a, b) => b.seq - a.seq);
}
