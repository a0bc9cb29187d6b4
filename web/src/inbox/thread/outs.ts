/** What is on its way, of what the server knows and what it does not have yet: each once. */
import type { Schemas } from '../data/api';
import type { Sent } from './composer/sends';
import type { Attached } from './composer/writing';
import type { Message } from './content/shape';
import type { Body, Out } from './facts';

type Entry = Schemas['Outbox'];

/** Pictures of files that this page sent, by the name under which they left it. */
const previews = new Map<string, readonly string[]>();

export function outs(outbox: readonly Entry[], waiting: readonly Sent[], me: string): Out[] {
  const stuck = waiting.some((one) => one.offline);
  for (const { key, files } of waiting) if (files.length > 0) previews.set(key, picturesOf(files));
  const known = new Set(outbox.map((entry) => entry.client_key));
  const of = (entry: Entry): Out => ({
    key: entry.client_key,
    time: entry.created_time,
    agent: entry.agent ?? null,
    body: entry.body ?? null,
    failed: entry.state === 'failed',
    state: entry.state === 'failed' ? 'failed' : 'sending',
    entry,
    previews: previews.get(entry.client_key) ?? NONE,
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
      state: stuck && one.state === 'waiting' ? 'waiting' : 'sending',
      entry: null,
      previews: previews.get(one.key) ?? NONE,
    })),
  ];
}

const NONE: readonly string[] = [];
const picturesOf = (files: readonly Attached[]) => files.flatMap(({ preview }) => preview ?? []);

/**
 * What the inbox does not have yet, without what stands among the messages already: news of it may overtake the answer to the
 * call that brought it there.
 */
export function unsettled(waiting: readonly Sent[], messages: readonly Message[], me: string): readonly Sent[] {
  if (waiting.length === 0) return waiting;
  const least = Math.min(...waiting.map((one) => one.after));
  const own = messages.filter((message) => message.agent === me && message.seq > least);
  return waiting.filter((one) => {
    if (one.state === 'waiting') return true;
    const at = own.findIndex((message) => message.seq > one.after && says(message, one.body));
    if (at >= 0) own.splice(at, 1);
    return at < 0;
  });
}

function says(message: Message, body: Body): boolean {
  if (message.kind === 'unsent') return true;
  if (body.kind === 'text') return message.text === body.text;
  if (body.kind === 'images') return message.kind === 'image';
  return body.kind === 'media' && message.kind === body.media;
}

/** Reactions, with those of ours that are on their way as if they were there. */
export function reactionsWith(
  reactions: readonly Schemas['Reaction'][],
  outbox: readonly Entry[],
): readonly Schemas['Reaction'][] {
  const leaving = outbox.flatMap(({ state, body, agent }) =>
    state !== 'failed' && body?.kind === 'reaction'
      ? [{ mid: body.mid, side: 'business' as const, emoji: body.emoji ?? null, agent: agent ?? null }]
      : [],
  );
  if (leaving.length === 0) return reactions;
  const newest = new Map(leaving.map((one) => [one.mid, one]));
  return [...reactions.filter(({ mid, side }) => side !== 'business' || !newest.has(mid)), ...newest.values()];
}

/** A reaction on its way stands on its bubble; only one that failed is told of. */
const isShown = (entry: Entry) =>
  entry.state === 'failed' || (entry.body?.kind !== 'reaction' && entry.body?.kind !== 'seen');
