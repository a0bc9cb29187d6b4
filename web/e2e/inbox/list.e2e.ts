import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLACES } from '../desk';
import { Screens } from '../screens';
import { Seat } from '../seat';
import { World } from '../world';

let world: World;
let screens: Screens;
let ana: Seat;
const threads: Record<string, string> = {};

describe.each(PLACES)('lists, with the inbox %s the platform', (inbox) => {
  beforeAll(async () => {
    world = await World.start({ inbox });
    screens = await Screens.open(world);
    for (const username of ['aisha.codes', 'tomek.bikes', 'lucia_m', 'sam.oslo']) {
      await world.writes(username, { text: `It is ${username}, about gloves` });
    }
    for (const username of ['mira.paints', 'aisha.codes', 'tomek.bikes', 'lucia_m', 'sam.oslo']) {
      threads[username] = (await world.desk.conversationOf(username)).id;
    }
    ana = await Seat.take(screens, 'ana');
    await ana.row(threads['sam.oslo']!).waitFor();
  });
  afterAll(async () => {
    await screens?.close();
    await world?.stop();
    expect(ana.problems).toEqual([]);
  });

  it('several are changed at once, and it can be undone', async () => {
    for (const username of ['lucia_m', 'sam.oslo']) {
      await ana.row(threads[username]!).hover();
      await ana.row(threads[username]!).getByRole('checkbox').click();
    }
    await ana.page.keyboard.press('e');
    for (const username of ['lucia_m', 'sam.oslo']) await ana.row(threads[username]!).waitFor({ state: 'detached' });
    await ana.page.getByText('Resolved 2 conversations').waitFor();
    await ana.page.getByRole('button', { name: 'Undo' }).click();
    for (const username of ['lucia_m', 'sam.oslo']) await ana.row(threads[username]!).waitFor();
    await expect.poll(async () => (await world.desk.list('status=open')).length).toBe(6);
  });

  it('a view is kept under a name, and its address shows the same to a colleague', async () => {
    const ids = await world.desk.agents();
    const me = ids.find((agent) => agent.name === 'Ana')!.id;
    await world.desk.call('sue', 'POST', `/conversations/${threads['tomek.bikes']}`, { do: 'assign', agent: me });
    const address = `/all?status=open&assignee=${me}`;
    await ana.page.goto(`${world.desk.origin}/inbox${address}`);
    await ana.row(threads['tomek.bikes']!).waitFor();
    expect(await ana.rows()).toEqual([threads['tomek.bikes']]);
    await ana.page.getByRole('button', { name: 'Save this view' }).click();
    await ana.page.getByRole('textbox', { name: 'Name of the view' }).fill('Gloves of Ana');
    await ana.page.keyboard.press('Enter');
    await ana.page.getByText('Saved as “Gloves of Ana”').waitFor();
    await ana.page.goto(`${world.desk.origin}/inbox/all?status=open`);
    await ana.row(threads['sam.oslo']!).waitFor();
    await ana.command('Gloves of Ana');
    await expect.poll(() => ana.rows()).toEqual([threads['tomek.bikes']]);
    const { pathname, search } = new URL(ana.page.url());
    const ben = await Seat.take(screens, 'ben', pathname.replace('/inbox', '') + search);
    await ben.row(threads['tomek.bikes']!).waitFor();
    expect(await ben.rows()).toEqual([threads['tomek.bikes']]);
    await ben.leave();
    await ana.page.goto(`${world.desk.origin}/inbox/all?status=open`);
  });

  it('people and what they wrote are found', async () => {
    await ana.row(threads['sam.oslo']!).waitFor();
    await ana.page.keyboard.press('/');
    await ana.page.keyboard.type('gloves lucia');
    await ana.page.getByRole('main').getByText('about gloves').first().waitFor();
    await expect.poll(() => ana.page.getByRole('main').getByText('It is sam.oslo, about gloves').count()).toBe(0);
    await ana.page.getByRole('option', { name: /Lucía/ }).last().click();
    await ana.said('It is lucia_m, about gloves').waitFor();
    await ana.page.goto(`${world.desk.origin}/inbox/all?status=open`);
  });

  it('the palette does what it names', async () => {
    await ana.row(threads['aisha.codes']!).click();
    await ana.field.waitFor();
    await ana.command('Resolve');
    await ana.row(threads['aisha.codes']!).waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await world.desk.thread(threads['aisha.codes']!)).conversation.status.toLowerCase())
      .toBe('resolved');
  });

  it('single keys can be switched off, those with Ctrl act on', async () => {
    await ana.page.goto(`${world.desk.origin}/inbox/all?status=open`);
    await ana.row(threads['sam.oslo']!).click();
    await ana.field.waitFor();
    await ana.page.evaluate(() => localStorage.setItem('parlance.inbox.keys', 'off'));
    await ana.page.keyboard.press('e');
    await ana.page.keyboard.press('?');
    await ana.page.keyboard.press('Control+k');
    await ana.page.getByRole('dialog', { name: 'All actions' }).waitFor();
    await ana.page.keyboard.press('Escape');
    await ana.page.evaluate(() => localStorage.removeItem('parlance.inbox.keys'));
    expect((await world.desk.thread(threads['sam.oslo']!)).conversation.status.toLowerCase()).toBe('open');
    await ana.page.keyboard.press('?');
    await ana.page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await ana.page.keyboard.press('Escape');
  });

  it('a draft is there again after its tab was closed', async () => {
    await ana.page.goto(`${world.desk.origin}/inbox/all/${threads['lucia_m']}`);
    await ana.field.fill('We have them in three siz');
    await expect.poll(async () => await draft()).toBe('We have them in three siz');
    await ana.page.close();
    const again = await Seat.take(screens, 'ana', `/all/${threads['lucia_m']}`);
    await expect.poll(() => again.field.inputValue()).toBe('We have them in three siz');
    await again.leave();
  });
});

const draft = async () => {
  const thread = await world.desk.call('ana', 'GET', `/conversations/${threads['lucia_m']}`);
  return thread['draft'];
};
