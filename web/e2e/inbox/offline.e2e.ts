import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLACES } from '../desk';
import { Line } from '../line';
import { Screens } from '../screens';
import { Seat } from '../seat';
import { World } from '../world';

/** People who write meanwhile, and how often each does. */
const PEOPLE = 40;
const TIMES = 6;

let world: World;
let screens: Screens;
/** Ana's line to the inbox. */
let line: Line;

describe.each(PLACES)('cut off for ten minutes, with the inbox %s the platform', (inbox) => {
  beforeAll(async () => {
    world = await World.start({ inbox });
    screens = await Screens.open(world);
    line = await Line.to(world.desk.origin);
    for (let number = 0; number < PEOPLE; number++) {
      await world.call('POST', '/_parlance/people', { username: `person.${number}`, name: `Person ${number}` });
      await world.writes(`person.${number}`, { text: 'Hello' });
    }
    await world.desk.conversationOf(`person.${PEOPLE - 1}`);
  });
  afterAll(async () => {
    await screens?.close();
    line?.stop();
    await world?.stop();
  });

  it('the page afterwards shows what a fresh one shows', async () => {
    const { desk } = world;
    const all = await desk.list();
    const open = (await desk.conversationOf('person.3')).id;
    const ana = await Seat.take(screens, 'ana', `/all/${open}?status=open`, { line });
    await ana.said('Hello').waitFor();
    await ana.row(all[0]!.id).waitFor();
    line.cut();
    await ana.page.getByText(/^No connection since/).waitFor();
    const agent = (await desk.agents()).find((one) => one.name === 'Chi')!.id;
    for (let time = 0; time < TIMES; time++) {
      for (let number = 0; number < PEOPLE; number++) {
        await world.writes(`person.${number}`, { text: `Message ${time} of ${number}` });
      }
      await world.clock({ advance: '100s' });
    }
    for (const [place, { id }] of all.entries()) {
      if (id === open) continue;
      if (place % 4 === 0) await desk.call('sue', 'POST', `/conversations/${id}`, { do: 'resolve' });
      if (place % 4 === 1) await desk.call('sue', 'POST', `/conversations/${id}`, { do: 'assign', agent });
    }
    line.mend();
    await ana.page.getByText(/^No connection since/).waitFor({ state: 'detached', timeout: 20_000 });
    const fresh = await Seat.take(screens, 'ana', `/all/${open}?status=open`);
    await fresh.said(`Message ${TIMES - 1} of 3`).waitFor();
    const shows = (seat: Seat) =>
      seat.page.evaluate(() =>
        ['[data-conversation]', '[data-row]'].map((rows) => {
          const drawn = [...document.querySelectorAll<HTMLElement>(rows)];
          const place = (it: HTMLElement) => it.getBoundingClientRect().top;
          return drawn.sort((a, b) => place(a) - place(b)).map((it) => it.innerText);
        }),
      );
    await expect
      .poll(async () => JSON.stringify(await shows(ana)), { timeout: 15_000 })
      .toBe(JSON.stringify(await shows(fresh)));
    expect((await shows(ana))[0]!.length).toBeGreaterThan(10);
  }, 90_000);

  it('what could not be sent leaves with the next tab, once', async () => {
    const { id } = await world.desk.conversationOf('person.5');
    const ana = await Seat.take(screens, 'ana', `/all/${id}?status=open`, { line });
    await ana.field.waitFor();
    line.cut();
    await ana.page.getByText(/^No connection since/).waitFor();
    await ana.say('It leaves today.');
    await ana.said('It leaves today.').waitFor();
    const address = ana.page.url();
    await ana.page.close();
    line.mend();
    const next = await ana.context.newPage();
    await next.goto(address.replace(id, ''));
    await next
      .locator(`[data-conversation="${id}"]`, { hasText: 'You: It leaves today.' })
      .waitFor({ timeout: 20_000 });
    const { data } = await world.call('GET', '/_parlance/people/person.5/messages?with=harbor.knits');
    const got = (data as { text: string }[]).filter(({ text }) => text === 'It leaves today.');
    expect(got.length).toBe(1);
    await ana.leave();
  }, 60_000);
});
