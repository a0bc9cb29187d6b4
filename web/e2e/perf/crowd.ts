/**
 * A desk that many people wrote to, made as the platform makes it: by signed webhooks. The newest thousand are people of the
 * emulator who write through it, so that the rows that are seen first have names and pictures; of the others the platform tells
 * nothing but ids.
 */
import { createHmac } from 'node:crypto';
import { until, type Desk } from '../desk';
import type { World } from '../world';

const WORDS =
  'blue scarf wool hat size return order parcel late lovely gift sister winter colour grey moss needle yarn warm itch wash thank you please when where how much ship stock again photo sleeve button'.split(
    ' ',
  );
/** Elements of one webhook, and webhooks at a time. */
const BATCH = 250;
const AT_ONCE = 4;
/** People of the emulator. */
const KNOWN = 1_000;
/** So far apart did they write, in milliseconds. */
const APART = 400;

/** The same words for the same number. */
export function text(number: number): string {
  const pick = (step: number) => WORDS[(number * 7 + step * step * 13 + step) % WORDS.length]!;
  return Array.from({ length: 5 + (number % 9) }, (_, step) => pick(step)).join(' ');
}

/** Lets so many people write: each once, every tenth of them three times. */
export async function crowd(world: World, desk: Desk, people: number) {
  const { id } = await desk.connection();
  const start = (await desk.now()) - people * APART - 60_000;
  const elements = Array.from({ length: people - KNOWN }, (_, number) => number).flatMap((number) =>
    Array.from({ length: number % 10 === 0 ? 3 : 1 }, (_, time) => ({
      sender: { id: String(7_000_000_000_000_000 + number) },
      recipient: { id: world.ready.account.id },
      timestamp: start + number * APART + time * 10,
      message: { mid: `m_crowd_${number}_${time}`, text: text(number + time) },
    })),
  );
  const bodies = Array.from({ length: Math.ceil(elements.length / BATCH) }, (_, batch) => {
    const messaging = elements.slice(batch * BATCH, (batch + 1) * BATCH);
    return JSON.stringify({
      object: 'instagram',
      entry: [{ id: world.ready.account.id, time: messaging.at(-1)!.timestamp, messaging }],
    });
  });
  const post = async (body: string) => {
    const signature = createHmac('sha256', world.ready.app.secret).update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
    const { status } = await fetch(`${desk.origin}/inbox/webhooks/${id}`, { method: 'POST', headers, body });
    if (status !== 200) throw new Error(`the inbox did not take a webhook: ${status}`);
  };
  await each(bodies, AT_ONCE, post);
  await quiet(world, desk);
  await each(
    Array.from({ length: KNOWN }, (_, number) => number),
    AT_ONCE,
    async (number) => {
      const username = `crowd.${number}`;
      await world.call('POST', '/_parlance/people', { username, name: nameOf(number), follower_count: number });
      await world.writes(username, { text: text(number) });
    },
  );
}

/**
 * Waits until everything is applied and no profile waits to be read: until that of somebody who only now writes is there. While
 * too many wait, it is not asked for, so they write until it is.
 */
async function quiet(world: World, desk: Desk) {
  const username = 'crowd.marker';
  await world.call('POST', '/_parlance/people', { username, name: 'Marker' });
  await until(async () => {
    await world.writes(username, { text: 'Is it my turn?' });
    await new Promise((done) => setTimeout(done, 1_000));
    const newest = await desk.list();
    return newest[0]?.profile.username === username ? true : undefined;
  }, 1_800_000);
}

const FIRST = ['Ada', 'Bo', 'Cleo', 'Dana', 'Eli', 'Fay', 'Gus', 'Hana', 'Ivo', 'Juna'];
const LAST = ['Berg', 'Costa', 'Diaz', 'Evans', 'Falk', 'Gold', 'Hall', 'Iwu', 'Jung', 'Kaya'];
const nameOf = (number: number) => `${FIRST[number % 10]} ${LAST[Math.floor(number / 10) % 10]}`;

async function each<T>(all: T[], width: number, run: (one: T) => Promise<void>) {
  const rest = all.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const one of rest) await run(one);
    }),
  );
}
