import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLACES } from '../desk';
import { Screens, type Shown } from '../screens';
import { Seat } from '../seat';
import { World } from '../world';

const PHOTO = join(import.meta.dirname, '../files/square.png');
/** Messages whose way to the screen is timed. */
const TIMED = 20;

let world: World;
let screens: Screens;
let phone: Shown;
let ana: Seat;
let thread: string;

const onPhone = (text: string) => phone.page.locator('[data-message]', { hasText: text });

/** Mira writes on her phone. */
async function writes(text: string) {
  await phone.page.getByRole('textbox', { name: 'Message to Harbor Knits' }).fill(text);
  await phone.page.getByRole('button', { name: 'Send', exact: true }).click();
}

describe.each(PLACES)('a person with a phone and an agent, with the inbox %s the platform', (inbox) => {
  beforeAll(async () => {
    world = await World.start({ inbox });
    screens = await Screens.open(world);
    phone = await screens.phone('?h=mira.paints/harbor.knits');
    thread = (await world.desk.conversationOf('mira.paints')).id;
    ana = await Seat.take(screens, 'ana', `/all/${thread}`);
    await ana.field.waitFor();
  });
  afterAll(async () => {
    await screens?.close();
    await world?.stop();
    expect([...phone.problems, ...ana.problems]).toEqual([]);
  });

  it('write to each other', async () => {
    await writes('Is the blue scarf back?');
    await ana.said('Is the blue scarf back?').waitFor();
    await ana.say('It is, and its hat came along.');
    await onPhone('It is, and its hat came along.').waitFor();
    await ana.said('It is, and its hat came along.').waitFor();
    expect(await ana.said('It is, and its hat came along.').count()).toBe(1);
  });

  it('react to what the other wrote, and take it back', async () => {
    const asked = ana.said('Is the blue scarf back?');
    await asked.hover();
    await asked.getByRole('button', { name: 'React' }).click();
    await ana.page.getByRole('button', { name: 'React with ❤️' }).click();
    await onPhone('Is the blue scarf back?')
      .getByRole('img', { name: /from Harbor Knits/ })
      .waitFor();
    await onPhone('its hat came along').hover();
    await onPhone('its hat came along').getByRole('button', { name: 'Actions for this message' }).click();
    await phone.page.getByRole('button', { name: 'React with 😂' }).click();
    await ana.said('its hat came along').getByRole('img', { name: /😂/ }).waitFor();
  });

  it('what is unsent is gone at once, and a sentence stands in its place', async () => {
    await writes('Not meant for you');
    await ana.said('Not meant for you').waitFor();
    await onPhone('Not meant for you').hover();
    await onPhone('Not meant for you').getByRole('button', { name: 'Actions for this message' }).click();
    await phone.page.getByRole('menuitem', { name: 'Unsend' }).click();
    await ana.said('Not meant for you').waitFor({ state: 'detached' });
    await ana.said('unsent').waitFor();
    expect(await ana.page.getByText('Not meant for you').count()).toBe(0);
    expect(JSON.stringify(await world.desk.thread(thread))).not.toContain('Not meant for you');
  });

  it('send each other photos', async () => {
    await phone.page.getByTestId('picker').setInputFiles(PHOTO);
    await ana.page.locator('[data-row] img[alt*="hoto"]').first().waitFor();
    await ana.page.getByTestId('picker').setInputFiles(PHOTO);
    await ana.send.click();
    await phone.page.getByRole('img', { name: 'Photo from Harbor Knits' }).last().waitFor();
  });

  it('a kind that nobody knows is a card with its name and what came', async () => {
    const payload = { title: 'A scarf that turns' };
    await world.writes('mira.paints', { attachments: [{ type: 'hologram', payload }] });
    const card = ana.said('hologram');
    await card.waitFor();
    await card.locator('summary, button').first().click();
    await card.getByText('"A scarf that turns"').waitFor();
  });

  it('what the person writes is soon on the screen', async () => {
    const times: number[] = [];
    for (let number = 0; number < TIMED; number++) {
      const text = `One after another ${number}`;
      const shown = ana.page.evaluate(
        (text) =>
          new Promise<number>((done) => {
            const look = () => {
              if (![...document.querySelectorAll('[data-row]')].some((it) => it.textContent.includes(text))) return;
              watcher.disconnect();
              done(Date.now());
            };
            const watcher = new MutationObserver(look);
            watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
          }),
        text,
      );
      const sent = Date.now();
      await world.writes('mira.paints', { text });
      times.push((await shown) - sent);
    }
    times.sort((a, b) => a - b);
    console.info(
      `from a person's send to the agent's screen: median ${times[TIMED / 2]} ms, slowest ${times.at(-1)} ms`,
    );
    expect(times).toHaveLength(TIMED);
  });
});
