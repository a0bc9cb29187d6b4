import { afterAll, beforeAll, expect, it } from 'vitest';
import { Screens } from '../screens';
import { Seat } from '../seat';
import { World } from '../world';
import { crowd } from './crowd';
import { frames, install, share, taken, until } from './meter';

const PEOPLE = Number(process.env.PEOPLE ?? 100_000);
/** Rows of a leap, and leaps. */
const LEAP = 500;
const LEAPS = 40;
const ROW = 68;

let world: World;
let screens: Screens;
let ana: Seat;
const table: string[] = [];

/** A row of the table: from an act to the next paint, and until what was asked for is there. */
function row(name: string, there: number[], { paints, long }: { paints: number[]; long: number[] }) {
  const two = (all: number[]) =>
    all.length ? `${share(all, 0.5).toFixed(0)} | ${share(all, 0.95).toFixed(0)}` : '– | –';
  table.push(`| ${name} | ${there.length} | ${two(paints)} | ${two(there)} | ${long.length} |`);
}

beforeAll(async () => {
  world = await World.start({ inbox: 'apart', settings: ['app_calls_per_hour=0'] });
  await crowd(world, world.desk, PEOPLE);
  screens = await Screens.open(world);
});
afterAll(async () => {
  await screens?.close();
  await world?.stop();
  const head =
    '| act | times | next paint p50 ms | p95 | there p50 ms | p95 | long tasks |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |';
  console.info(`${PEOPLE} conversations\n\n${head}\n${table.join('\n')}`);
});

it('opens', async () => {
  const times: number[] = [];
  for (let time = 0; time < 5; time++) {
    await ana?.leave();
    ana = await Seat.take(screens, 'ana', '/join');
    await ana.context.addInitScript(install);
    const start = Date.now();
    await ana.page.goto(`${world.desk.origin}/inbox/all?status=open`);
    await ana.page.locator('[data-conversation]').first().waitFor();
    times.push(Date.now() - start);
  }
  row('open the inbox', times, { paints: [], long: (await taken(ana.page)).long });
});

it('moves and opens', async () => {
  const { page } = ana;
  await page.locator('[data-conversation]').first().click();
  await ana.field.waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await taken(page);
  const moves: number[] = [];
  for (let time = 0; time < 100; time++) {
    const index = 2 + time;
    moves.push(await until(page, () => page.keyboard.press('j'), `[aria-rowindex="${index}"][tabindex="0"]`));
  }
  row('j, from row to row', moves, await taken(page));
  const opens: number[] = [];
  await page.keyboard.press('Enter');
  await ana.field.waitFor();
  for (let time = 0; time < 50; time++) {
    const before = await page.locator('[aria-current="true"][data-conversation]').getAttribute('data-conversation');
    opens.push(
      await until(
        page,
        () => page.keyboard.press('j'),
        `main:has([data-row]):has([aria-current="true"]:not([data-conversation="${before}"]))`,
      ),
    );
  }
  row('j with a thread open: the next thread is read', opens, await taken(page));
  const resolves: number[] = [];
  await page.keyboard.press('Escape');
  for (let time = 0; time < 30; time++) {
    const at = await page.locator('[data-conversation][tabindex="0"]').getAttribute('data-conversation');
    resolves.push(await until(page, () => page.keyboard.press('e'), `[data-conversation="${at}"]`, false));
  }
  row('e, resolve', resolves, await taken(page));
});

it('searches, and changes views', async () => {
  const { page } = ana;
  const finds: number[] = [];
  for (const word of ['scarf', 'Ada', 'winter', 'sister', 'button', 'Kaya']) {
    await page.keyboard.press('/');
    const [last, rest] = [word.at(-1)!, word.slice(0, -1)];
    await page.keyboard.type(rest);
    finds.push(await until(page, () => page.keyboard.press(last), '[data-conversation-hit] mark'));
    await page.keyboard.press('Escape');
    await page.locator('[data-conversation]').first().waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  }
  row('a letter in the search field: found', finds, await taken(page));
  const views: number[] = [];
  for (let time = 0; time < 10; time++) {
    for (const [key, path] of [
      ['u', 'unassigned'],
      ['a', 'all'],
    ] as const) {
      await page.keyboard.press('g');
      views.push(
        await until(
          page,
          () => page.keyboard.press(key),
          `body:has(nav a[href*="/${path}"][aria-current="page"]) [data-conversation]`,
        ),
      );
    }
  }
  row('g u, g a: another view', views, await taken(page));
});

it('scrolls', async () => {
  const { page } = ana;
  await page.goto(`${world.desk.origin}/inbox/all?status=open`);
  await page.locator('[data-conversation]').nth(5).hover();
  await taken(page);
  const leaps: number[] = [];
  for (let leap = 0; leap < LEAPS; leap++) {
    const start = Date.now();
    await page.mouse.wheel(0, LEAP * ROW);
    await page.waitForFunction(() => {
      const list = document.querySelector('[role="grid"]')?.parentElement;
      return (
        list &&
        [...document.querySelectorAll('[data-conversation]')].filter((it) => {
          const { top } = it.getBoundingClientRect();
          return top > 100 && top < 800;
        }).length >= 8
      );
    });
    leaps.push(Date.now() - start);
  }
  row(`scroll ${LEAP} rows on, reading what is missing`, leaps, await taken(page));
  const lengths = await frames(page, async () => {
    for (let step = 0; step < 120; step++) await page.mouse.wheel(0, step < 60 ? -400 : 400);
  });
  row('scroll 400 pixels', [], await taken(page));
  const dropped = lengths.filter((length) => length > 25).length;
  table.push(
    `\nWhile scrolling ${lengths.length} frames were drawn, ${dropped} of them later than 25 ms, the latest after ${Math.max(...lengths).toFixed(0)} ms.`,
  );
  expect(lengths.length).toBeGreaterThan(0);
});
