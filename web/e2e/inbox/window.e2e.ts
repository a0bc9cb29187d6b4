import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLACES } from '../desk';
import { Screens } from '../screens';
import { Seat } from '../seat';
import { World } from '../world';

/** When Lucía writes. */
const WRITTEN = Date.parse('2030-05-14T12:00:00Z');
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

let world: World;
let screens: Screens;
let ana: Seat;
let thread: string;
/** The app that the inbox sends by. */
let app: string;

/** The clock stands so long after what Lucía wrote. */
const after = (age: number) => world.clock({ set: new Date(WRITTEN + age).toISOString() });
/** Whether the Human Agent feature is approved: where it is not, the platform refuses the tag, and nothing else. */
const approved = (human_agent: boolean) => world.call('POST', `/_parlance/apps/${app}`, { human_agent });
const sent = () => world.desk.wire?.sends.at(-1);

describe.each(PLACES)('the composer, with the inbox %s the platform', (inbox) => {
  beforeAll(async () => {
    world = await World.start({ inbox });
    screens = await Screens.open(world);
    const apps = ((await world.call('GET', '/_parlance/apps')) as { data: { id: string; name: string }[] }).data;
    app = inbox === 'apart' ? world.ready.app.id : apps.find((one) => one.name === 'Parlance inbox')!.id;
    await after(0);
    // What she writes is written a moment later than the clock was set.
    await world.writes('lucia_m', { text: 'Do you ship to Málaga?' });
    thread = (await world.desk.conversationOf('lucia_m')).id;
    ana = await Seat.take(screens, 'ana', `/all/${thread}`);
    await ana.said('Do you ship to Málaga?').waitFor();
  });
  afterAll(async () => {
    expect(ana.problems).toEqual([]);
    await screens?.close();
    await world?.stop();
  });

  it('23:59:59 after what the person wrote anything may be sent', async () => {
    await approved(false);
    await after(DAY - 2 * SECOND);
    await expect.poll(() => ana.bar.getAttribute('data-window')).toBe('open');
    expect(await ana.bar.textContent()).toMatch(/Open/);
    await ana.say('We do, twice a week.');
    await ana.said('We do, twice a week.').waitFor();
    if (sent()) expect(JSON.stringify(sent())).not.toContain('HUMAN_AGENT');
  });

  it('a moment past 24:00:00 only a human agent may answer, and the tag is on the wire', async () => {
    await after(DAY + SECOND);
    await expect.poll(() => ana.bar.getAttribute('data-window')).toBe('human_agent');
    expect(await ana.bar.textContent()).toMatch(/Human agent/i);
    await ana.say('On Tuesdays and Fridays.');
    await ana.page
      .locator('[data-outbox]', { hasText: 'On Tuesdays and Fridays.' })
      .getByText(/human agent/i)
      .waitFor();
    if (world.desk.wire) expect(sent()).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
    await approved(true);
    await ana.page.getByRole('button', { name: 'Try again' }).click();
    await ana.said('On Tuesdays and Fridays.').waitFor();
    expect(await ana.said('On Tuesdays and Fridays.').count()).toBe(1);
  });

  it('so it is at 6 days and 23 hours', async () => {
    await after(6 * DAY + 23 * HOUR);
    await expect.poll(() => ana.bar.getAttribute('data-window')).toBe('human_agent');
    expect(await ana.bar.textContent()).toMatch(/59/);
    await ana.say('Did it arrive?');
    await ana.said('Did it arrive?').waitFor();
    if (world.desk.wire) expect(sent()).toMatchObject({ tag: 'HUMAN_AGENT' });
  });

  it('a second past 7 days nothing may be sent, until the person writes again', async () => {
    await after(7 * DAY + 2 * SECOND);
    await expect.poll(() => ana.bar.getAttribute('data-window')).toBe('closed');
    expect(await ana.bar.textContent()).toMatch(/Closed/);
    await ana.field.fill('One more thing');
    expect(await ana.send.isDisabled()).toBe(true);
    await world.writes('lucia_m', { text: 'It did!' });
    await expect.poll(() => ana.bar.getAttribute('data-window')).toBe('open');
    expect(await ana.send.isDisabled()).toBe(false);
    await ana.send.click();
    await ana.said('One more thing').waitFor();
  });

  it('a comment is answered privately, once, within seven days', async () => {
    const comment = { to: 'harbor.knits', media_id: world.ready.media[0]!.id, text: 'Is there a green one?' };
    await world.call('POST', '/_parlance/people/lucia_m/comments', comment);
    const asked = ana.page.getByRole('listitem').filter({ hasText: 'Is there a green one?' });
    await asked.waitFor();
    await world.clock({ advance: '6d' });
    await asked.getByText(/(23 h|1 d|24 h|hours|day)/).waitFor();
    await asked.getByRole('button', { name: /Reply privately/ }).click();
    await ana.page.getByRole('textbox', { name: /private/i }).fill('There is, I put one aside.');
    await ana.page.keyboard.press('Control+Enter');
    await asked.getByText(/Answered/).waitFor();
    expect(await asked.getByRole('button', { name: /Reply privately/ }).count()).toBe(0);
    await ana.said('There is, I put one aside.').waitFor();
  });
});
