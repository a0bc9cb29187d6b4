import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Screens } from '../screens';
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

/** The scripts that a page names and those that they import as they start: what stands between an agent and the inbox. */
async function scripts(page: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const html = await (await fetch(page)).text();
  const waiting = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map((match) => new URL(match[1]!, page).href);
  for (const address of waiting) {
    if (found.has(address)) continue;
    const script = Buffer.from(await (await fetch(address)).arrayBuffer());
    found.set(address, script);
    const imports = script.toString().matchAll(/(?:^|[;}\s])(?:import|export)[^;()]*?["'](\.[^"']+\.js)["']/g);
    waiting.push(...[...imports].map((match) => new URL(match[1]!, address).href));
  }
  return found;
}

const size = (all: Iterable<Buffer>, compress: (script: Buffer) => Buffer) =>
  [...all].reduce((sum, script) => sum + compress(script).length, 0);

it('the inbox starts with less than 250 kB of compressed script', async () => {
  const needed = await scripts(`${world.desk.origin}/inbox`);
  expect(needed.size).toBeGreaterThan(0);
  const [gzip, brotli] = [
    size(needed.values(), (it) => gzipSync(it)),
    size(needed.values(), (it) => brotliCompressSync(it)),
  ];
  console.info(`script of the inbox: ${needed.size} files, ${gzip} bytes gzip, ${brotli} brotli`);
  expect(gzip).toBeLessThan(MOST);
});

it('no more than that is loaded by the time that somebody reads a conversation', async () => {
  await world.writes('mira.paints', { text: 'Hello' });
  const { id } = await world.desk.conversationOf('mira.paints');
  const { page, context } = await screens.inbox('ana', '/join');
  const loaded = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) loaded.set(response.url(), response.body());
  });
  await page.goto(`${world.desk.origin}/inbox/all/${id}`);
  await page.locator('[data-message]').first().waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const gzip = size(await Promise.all(loaded.values()), (it) => gzipSync(it));
  console.info(`script loaded with a thread open: ${loaded.size} files, ${gzip} bytes gzip`);
  expect(gzip).toBeGreaterThan(0);
  expect(gzip).toBeLessThan(MOST);
  await context.close();
});
