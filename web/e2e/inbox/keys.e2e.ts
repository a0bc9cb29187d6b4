import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLACES } from '../desk';
import { Screens } from '../screens';
import { Seat } from '../seat';
import { World } from '../world';

/** How many people wrote. */
const PEOPLE = 20;

let world: World;
let screens: Screens;
let ana: Seat;
/** Conversations of the people, the newest first, as the list has them. */
let threads: string[];

async function press(...keys: string[]) {
  for (const key of keys) await ana.page.keyboard.press(key);
}

describe.each(PLACES)('without a mouse, with the inbox %s the platform', (inbox) => {
  beforeAll(async () => {
    world = await World.start({ inbox });
    screens = await Screens.open(world);
    const { desk } = world;
    // What the demo world brings is done.
    for (const { id } of await desk.list('status=open')) {
      await desk.call('sue', 'POST', `/conversations/${id}`, { do: 'resolve' });
    }
    for (const name of ['Order', 'Repair']) await desk.call('sue', 'POST', '/labels', { name, colour: 'teal' });
    for (let number = 0; number < PEOPLE; number++) {
      const username = `person.${String(number).padStart(2, '0')}`;
      await world.call('POST', '/_parlance/people', { username, name: `Person ${number}` });
      await world.writes(username, { text: `Question ${number}` });
    }
    await desk.conversationOf(`person.${PEOPLE - 1}`);
    threads = (await desk.list('status=open')).map((one) => one.id);
    expect(threads).toHaveLength(PEOPLE);
    ana = await Seat.take(screens, 'ana');
    await ana.row(threads[0]!).waitFor();
  });
  afterAll(async () => {
    await screens?.close();
    await world?.stop();
    expect(ana.problems).toEqual([]);
  });

  /** Whether the keyboard is at a conversation. */
  const at = (id: string) => ana.row(id).evaluate((row: HTMLElement) => row.tabIndex === 0);

  /** Moves down the list to a conversation. */
  async function next(id: string) {
    for (let presses = 0; presses < PEOPLE && !(await at(id)); presses++) await press('j');
    await expect.poll(() => at(id)).toBe(true);
  }

  it('twenty conversations are triaged', async () => {
    // Some are done without being opened.
    for (const id of threads.slice(0, 5)) {
      await next(id);
      await press('e');
      await ana.row(id).waitFor({ state: 'detached' });
    }
    // Some are for Ben.
    for (const id of threads.slice(5, 9)) {
      await next(id);
      await ana.choose('a', 'Assign to', 'Ben');
      await ana.row(id).getByText('Assigned to Ben').waitFor();
    }
    await next(threads[9]!);
    await press('m');
    await ana.row(threads[9]!).getByText('Assigned to you').waitFor();
    await next(threads[10]!);
    await ana.choose('l', 'Labels', 'Order');
    // Once for what was typed, once for the list.
    await press('Escape', 'Escape');
    await ana.page.getByRole('dialog').waitFor({ state: 'detached' });
    await ana.row(threads[10]!).getByText('Order').first().waitFor();
    await next(threads[11]!);
    await ana.choose('s', 'Snooze until', 'In an hour');
    await ana.row(threads[11]!).waitFor({ state: 'detached' });
    // The others are read, answered and done.
    await press('Enter');
    for (const [place, id] of threads.slice(12).entries()) {
      if (place > 0) await next(id);
      await expect.poll(() => ana.page.url()).toContain(id);
      await ana.field.waitFor();
      await press('r');
      await expect.poll(() => ana.field.evaluate((it) => it === document.activeElement)).toBe(true);
      await ana.page.keyboard.type(`Answer ${place}`);
      await press('Control+Enter');
      await ana.said(`Answer ${place}`).waitFor();
      await press('Escape', 'e');
      await ana.row(id).waitFor({ state: 'detached' });
    }
    const ben = (await world.desk.agents()).find((agent) => agent.name === 'Ben')!.id;
    const words = async () => {
      const all = await world.desk.list();
      const those = threads.map((id) => all.find((one) => one.id === id)!);
      return those.map(({ status, assignee, labels }) =>
        [status, assignee && (assignee === ben ? 'Ben' : 'Ana'), labels.length > 0 && 'Order']
          .filter(Boolean)
          .join(' '),
      );
    };
    await expect
      .poll(words)
      .toEqual([
        ...Array<string>(5).fill('resolved'),
        ...Array<string>(4).fill('open Ben'),
        'open Ana',
        'open Order',
        'snoozed',
        ...Array<string>(8).fill('resolved'),
      ]);
    const answered = await Promise.all(threads.slice(12).map((id) => world.desk.newest(id, 'business')));
    expect(new Set(answered).size).toBe(8);
  }, 60_000);
});
