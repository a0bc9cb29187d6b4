/** What is on its way, of what the server knows and what it does not have yet: each once. */
import type { Schemas } from '../data/api';
import type { Sent } from './composer/sends';
import type { Body, Out } from './facts';

type Entry = Schemas['Outbox'];

/** Pictures of files that this page sent, by the name under which they left it. */
const previews = new Map<string, string>();

export function outs(outbox: readonly Entry[], waiting: readonly Sent[], me: string): Out[] {
  for (const { key, file } of waiting) if (file?.preview) previews.set(key, file.preview);
  const known = new Set(outbox.map((entry) => entry.client_key));
  const of = (entry: Entry): Out => ({
    key: entry.client_key,
    time: entry.created_time,
    agent: entry.agent ?? null,
    body: (entry.body as Body | null | undefined) ?? null,
    failed: entry.state === 'failed',
    state: entry.state === 'failed' ? 'failed' : 'sending',
    entry,
    preview: previews.get(entry.client_key) ?? null,
  });
  const here = waiting.filter((one) => !known.has(one.key));
  return [
    ...outbox.filter(isShown).map(of),
    ...here.map((one): Out => ({
      key: one.key,
      time: one.time,
      agent: me,
      body: one.body,
      failed: false,
      state: one.offline ? 'waiting' : 'sending',
      entry: null,
      preview: one.file?.preview ?? null,
    })),
  ];
}

/** A reaction on its way stands on its bubble; only one that failed is told of. */
const isShown = (entry: Entry) =>
  entry.state === 'failed' || (entry.body?.kind !== 'reaction' && entry.body?.kind !== 'seen');
