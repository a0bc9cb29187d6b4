import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Screens } from '../screens';
import { Seat } from '../seat';
import { World } from '../world';

/** The most script that the inbox may need, compressed, in bytes. */
const MOST = 250_000;

let world: World;
let screens: Screens;

beforeAll(async () => {
  world = await World.start({ inbox: 'beside' });
  screens = await Screens.open(world);
});
afterAll(async () => {
  await screens?.close();
  await world?.stop();
});

it('by the time that somebody can answer a conversation, less than 250 kB of compressed script was loaded', async () => {
  const { id } = await world.desk.conversationOf('mira.paints');
  const ana = await Seat.take(screens, 'ana', `/all/${id}?status=open`);
  await ana.row(id).waitFor();
  await ana.field.waitFor();
  const addresses = await ana.page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.js') ? [name] : [])),
  );
  const load = async (address: string) => Buffer.from(await (await fetch(address)).arrayBuffer());
  const scripts = await Promise.all([...new Set(addresses)].map(load));
  const size = (compress: (script: Buffer) => Buffer) =>
    scripts.reduce((sum, script) => sum + compress(script).length, 0);
  const [plain, gzip, brotli] = [size((it) => it), size((it) => gzipSync(it)), size((it) => brotliCompressSync(it))];
  console.info(`script of the inbox: ${scripts.length} files, ${plain} bytes, ${gzip} by gzip, ${brotli} by brotli`);
  expect(scripts.length).toBeGreaterThan(0);
  expect(brotli).toBeLessThan(MOST);
  await ana.leave();
});
