import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLACES } from '../desk';
import { Line } from '../line';
import { Screens } from '../screens';
import { Seat } from '../seat';
import { World } from '../world';

/** A second, and what a busy machine adds, in milliseconds. */
const SOON = 2_500;

/** By then nobody counts as there who was not heard of, in milliseconds. */
const GONE = 35_000;

let world: World;
let screens: Screens;
let ana: Seat, ben: Seat, sue: Seat;
let thread: string;
/** Ben's line to the inbox. */
let line: Line;

describe.each(PLACES)('colleagues, with the inbox %s the platform', (inbox) => {
  beforeAll(async () => {
    world = await World.start({ inbox });
    screens = await Screens.open(world);
    thread = (await world.desk.conversationOf('mira.paints')).id;
    line = await Line.to(world.desk.origin);
    [ana, ben, sue] = await Promise.all([
      Seat.take(screens, 'ana'),
      Seat.take(screens, 'ben', '/all?status=open', { line }),
      Seat.take(screens, 'sue'),
    ]);
  });
  afterAll(async () => {
    await screens?.close();
    line?.stop();
    await world?.stop();
  });

  it('see who has a conversation', async () => {
    await sue.open(thread);
    await sue.page.keyboard.press('Escape');
    await sue.choose('a', 'Assign to', 'Ben');
    await ana.row(thread).getByText('Assigned to Ben').waitFor({ timeout: SOON });
    await ben.row(thread).getByText('Assigned to you').waitFor({ timeout: SOON });
  });

  it('see who looks at it, and who writes', async () => {
    await ben.open(thread);
    await ana.row(thread).getByText('Ben is looking').waitFor({ timeout: SOON });
    await ben.field.pressSequentially('Let me see');
    await ana.row(thread).getByText('Ben is typing…').waitFor({ timeout: SOON });
    await ana.open(thread);
    await ana.page.getByText('Ben is writing here').waitFor({ timeout: SOON });
  });

  it('cannot answer the same question twice without knowing', async () => {
    // Ana's page is told of nothing meanwhile, as when her connection hangs.
    const deaf = await Seat.take(screens, 'ana', '/join');
    await deaf.page.route('**/inbox/api/live*', (route) => route.abort());
    await deaf.page.goto(`${world.desk.origin}/inbox/all/${thread}`);
    await deaf.field.fill('I can put one aside');
    await ben.field.fill('');
    await ben.say('They are all gone, sorry');
    await ana.said('They are all gone, sorry').waitFor();
    await deaf.field.press('Enter');
    await deaf.returned.getByText('They are all gone, sorry').waitFor();
    expect(await deaf.field.inputValue()).toBe('I can put one aside');
    await deaf.returned.getByRole('button', { name: 'Send anyway' }).click();
    await ben.said('I can put one aside').waitFor();
    await deaf.leave();
  });

  it('whoever is cut off is no longer there after half a minute', async () => {
    const there = async () => {
      const { presence } = (await world.desk.thread(thread)).conversation;
      return presence.map((one) => one.agent);
    };
    const { id } = (await world.desk.agents()).find((agent) => agent.name === 'Ben')!;
    await expect.poll(there).toContain(id);
    line.cut();
    await ben.leave();
    expect(await there()).toContain(id);
    // Apart, the inbox goes by its own clock in this, which nobody can move.
    if (inbox === 'beside') await world.clock({ advance: '31s' });
    await expect.poll(there, { timeout: GONE, interval: 250 }).not.toContain(id);
    await ana
      .row(thread)
      .getByText(/^Ben is/)
      .waitFor({ state: 'detached' });
  }, 60_000);
});
