import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code } from '../code';
import { Desk, email, PASSWORD, PLACES } from '../desk';
import { Screens, type Shown } from '../screens';
import { World } from '../world';

let world: World;
let screens: Screens;

const login = async ({ page }: Shown, password = PASSWORD) => {
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(email('ana'));
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.keyboard.press('Enter');
};

const list = ({ page }: Shown) => page.getByRole('link', { name: 'Mira Okafor' });

describe.each(PLACES)('coming in, with the inbox %s the platform', (inbox) => {
  beforeAll(async () => {
    world = await World.start({ inbox });
    screens = await Screens.open(world);
  });
  afterAll(async () => {
    await screens?.close();
    await world?.stop();
  });

  it('a wrong password is said so, the right one leads to where one wanted to be', async () => {
    const shown = await screens.inbox(null, '/all?status=open');
    await login(shown, 'harbor knits dem0');
    await shown.page.getByText('Address or password are wrong.').waitFor();
    await login(shown);
    await list(shown).waitFor();
    expect(new URL(shown.page.url()).pathname).toBe('/inbox/all');
    await shown.context.close();
  });

  it('with an authenticator a code is asked for, and each works once', async () => {
    const { secret } = (await world.desk.call('ana', 'POST', '/me/code')) as { secret: string };
    const shows = async () => code(secret, await world.desk.now());
    await world.desk.call('ana', 'PUT', '/me/code', { secret, code: await shows() });
    const now = await shows();
    const [first, second] = [await screens.inbox(null), await screens.inbox(null)];
    const answers = async (shown: Shown, text: string) => {
      const field = shown.page.getByRole('textbox', { name: 'Code of your authenticator' });
      await field.fill(text);
      await field.press('Enter');
    };
    await login(first);
    await answers(first, now);
    await list(first).waitFor();
    await login(second);
    await answers(second, now);
    await second.page.getByText('Each code works once.').waitFor();
    await world.clock({ advance: '31s' });
    await answers(second, await shows());
    await list(second).waitFor();
    await first.context.close();
    await second.context.close();
  });
});

describe('the first day of an inbox of its own', () => {
  let desk: Desk;
  let link: string;

  beforeAll(async () => {
    world = await World.start();
    ({ desk, link } = await Desk.unowned(world, world.folder));
    screens = await Screens.open(world, desk);
  });
  afterAll(async () => {
    await screens?.close();
    await desk?.stop();
    await world?.stop();
  });

  it('its owner comes in by the link, once', async () => {
    const owner = await screens.inbox(null, `/join#${link}`);
    const { page } = owner;
    await page.getByRole('textbox', { name: 'Your name' }).fill('Olga');
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(email('olga'));
    await page.getByRole('textbox', { name: 'Password' }).fill('too short');
    await page.keyboard.press('Enter');
    await page.getByText('One character more is needed.').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').first().waitFor();
    const late = await screens.inbox(null, `/join#${link}`);
    await late.page.getByRole('textbox', { name: 'Your name' }).fill('Olaf');
    await late.page.getByRole('textbox', { name: 'E-mail address' }).fill('olaf@desk.example');
    await late.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await late.page.keyboard.press('Enter');
    await late.page.getByText('This link leads nowhere any more').waitFor();
    await late.context.close();
    await owner.context.close();
  });
});
