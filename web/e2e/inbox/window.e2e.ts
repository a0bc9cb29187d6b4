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
    await screens?.close();
    await world?.stop();
    expect(ana.problems).toEqual([]);
  });

  const state = (word: string) =>
    expect.poll(() => ana.bar.getAttribute('data-window'), { timeout: 5 * SECOND }).toBe(word);
  const says = (words: RegExp) => expect.poll(() => ana.bar.textContent(), { timeout: 5 * SECOND }).toMatch(words);

  it('23:59:59 after what the person wrote anything may be sent', async () => {
    await approved(false);
    await after(DAY - 30 * SECOND);
    await says(/^Open ?0:(2\d|30)/);
    await ana.say('We do, twice a week.');
    await ana.said('We do, twice a week.').waitFor();
    await after(DAY - SECOND);
    await says(/^Open ?0:0[01]/);
    // Nobody tells the page that the last second is over.
    await state('human_agent');
    if (world.desk.wire) expect(sent()).toMatchObject({ messaging_type: 'RESPONSE' });
    expect(JSON.stringify(sent() ?? {})).not.toContain('HUMAN_AGENT');
  });

  it('a second past 24 hours only a human agent may answer, and the tag is on the wire', async () => {
    await after(DAY + SECOND);
    await says(/^Human agent only ?5 d 23 h/);
    await ana.say('On Tuesdays and Fridays.');
    const answer = ana.said('On Tuesdays and Fridays.');
    await answer.getByText(/The app lacks the feature Human Agent/).waitFor();
    if (world.desk.wire) expect(sent()).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
    await approved(true);
    await answer.getByRole('button', { name: 'Try again' }).click();
    await answer.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' });
    await expect.poll(() => world.desk.newest(thread, 'business')).not.toBe('');
    expect(await answer.count()).toBe(1);
  });

  it('so it is at 6 days and 23 hours', async () => {
    await after(6 * DAY + 23 * HOUR);
    await says(/^Human agent only ?(1 h|59:5\d)/);
    await ana.say('Did it arrive?');
    await ana.said('Did it arrive?').waitFor();
    if (world.desk.wire) await expect.poll(sent).toMatchObject({ tag: 'HUMAN_AGENT' });
  });

  it('a second past 7 days nothing may be sent, until the person writes again', async () => {
    await after(7 * DAY + SECOND);
    await says(/Closed/);
    expect(await ana.field.isDisabled()).toBe(true);
    expect(await ana.send.isDisabled()).toBe(true);
    await world.writes('lucia_m', { text: 'It did!' });
    await says(/^Open ?23 h 59 min/);
    await ana.say('One more thing');
    await ana.said('One more thing').waitFor();
    if (world.desk.wire) await expect.poll(sent).toMatchObject({ messaging_type: 'RESPONSE' });
  });

  it('a comment is answered privately, once, within seven days', async () => {
    const comment = { to: 'harbor.knits', media_id: world.ready.media[0]!.id, text: 'Is there a green one?' };
    await world.call('POST', '/_parlance/people/lucia_m/comments', comment);
    const pane = ana.page.getByRole('region', { name: 'The person' });
    const asked = pane.getByRole('listitem').filter({ hasText: 'Is there a green one?' });
    await asked.getByText(/Can be answered for (7 d|6 d 23 h)/).waitFor();
    await world.clock({ advance: '6d' });
    await asked.getByText(/Can be answered for (1 d|23 h)/).waitFor();
    await asked.getByRole('button', { name: 'Reply in private' }).click();
    await asked.getByRole('textbox', { name: /^Private reply to/ }).fill('There is, I put one aside.');
    await asked.getByRole('button', { name: 'Send in private' }).click();
    await asked.getByText('Answered in private').waitFor();
    expect(await asked.getByRole('button', { name: 'Reply in private' }).count()).toBe(0);
    await ana.said('There is, I put one aside.').waitFor();
    if (world.desk.wire) expect(sent()).toMatchObject({ recipient: { comment_id: expect.any(String) as string } });
  });
});
