import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beyond, picture, violations } from './looks';
import { Screens, THEMES } from './screens';
import { World } from './world';

const PHOTO = join(import.meta.dirname, 'files/square.png');
/** A fixed moment, so that the pictures are the same whenever they are taken. */
const MOMENT = '2030-05-14T09:41:20Z';
/** Width and height of the pictures, in pixels. */
const SIZES = [
  [1440, 900],
  [1024, 768],
  [320, 640],
] as const;
/** What the phone scrolls sideways. */
const SCROLLED = 'main > section ul.overflow-x-auto, nav';

let world: World;
let screens: Screens;
let post = '';

/** A world in which every screen has something to show. */
beforeAll(async () => {
  world = await World.start();
  screens = await Screens.open(world);
  await world.subscribe();
  await world.clock({ set: '2030-05-12T10:00:00Z' });
  await world.writes('aisha.codes', { text: 'Could you knit a dachshund a coat?' });
  await world.clock({ advance: '25h' });
  await world.writes('jonas_w', { text: 'Does the fisherman sweater itch?' });
  await world.clock({ set: '2030-05-14T09:12:00Z' });
  const publish = (body: Record<string, unknown>) => world.call('POST', '/_parlance/accounts/harbor.knits/media', body);
  await publish({ media_product_type: 'STORY', caption: 'The blue ones are back.' });
  post = (await publish({ caption: 'Twelve colours, one sheep. Which one shall we knit first?' }))['id'] as string;
  const comment = (username: string, text: string) =>
    world.call('POST', `/_parlance/people/${username}/comments`, { to: 'harbor.knits', media_id: post, text });
  await comment('mira.paints', 'The one like moss after rain, please.');
  await comment('sam.oslo', 'Grey. There is never enough grey.');
  await world.writes('mira.paints', { text: 'Hello! Is the blue scarf back?' });
  await world.sends('mira.paints', { text: 'It is, and its hat came along. Have a look:' });
  const element = (title: string, subtitle: string, picture: string) => ({
    title,
    subtitle,
    image_url: `${world.ready.graph}/_parlance/pictures/${picture}.svg`,
    buttons: [{ type: 'postback', title: 'Put it aside', payload: title }],
  });
  const elements = [
    element('Blue scarf', 'Lambswool, 180 × 30 cm', 'post-scarf'),
    element('Blue hat', 'Lambswool, 54 to 58 cm', 'post-hat'),
  ];
  await world.sends('mira.paints', {
    attachment: { type: 'template', payload: { template_type: 'generic', elements } },
  });
  const wish = await world.writes('mira.paints', {
    text: 'The scarf, please. It is for my sister, who is always cold.',
  });
  await world.business({
    recipient: { id: world.person('mira.paints') },
    sender_action: 'react',
    payload: { message_id: wish, reaction: 'love' },
  });
  const quick_replies = ['By post', 'I pick it up'].map((title) => ({ content_type: 'text', title, payload: title }));
  await world.sends('mira.paints', { text: 'Put aside. How shall it travel?', quick_replies });
  await world.writes('lucia_m', { text: 'Do you ship to Málaga?' });
  await world.sends('lucia_m', { text: 'We do, on Tuesdays and Fridays. Four days on the way.' });
  await world.writes('lucia_m', { text: 'Perfect, then I order tonight.' });
  await world.writes('tomek.bikes', { text: 'Gloves for cycling?' });
  await world.call('POST', '/_parlance/people/tomek.bikes/blocks', { to: 'harbor.knits' });
});
afterAll(async () => {
  await screens?.close();
  await world?.stop();
});

/** What a screen shows once it is there: a query, and what to wait for or do. */
const SCREENS: [string, () => string, (page: Page) => Promise<unknown>][] = [
  ['picker', () => '', (page) => page.getByRole('button', { name: /Mira Okafor/ }).waitFor()],
  ['home', () => '?h=lucia_m', (page) => page.getByText('then I order tonight').waitFor()],
  ['thread', () => '?h=mira.paints/harbor.knits', (page) => page.getByRole('button', { name: 'By post' }).waitFor()],
  ['first message', () => '?h=sam.oslo/harbor.knits', (page) => page.getByText('Nothing here yet').waitFor()],
  ['blocked', () => '?h=tomek.bikes/harbor.knits', (page) => page.getByText('You blocked Harbor Knits').waitFor()],
  [
    'profile',
    () => '?h=mira.paints/harbor.knits/profile',
    (page) => page.getByRole('button', { name: /Twelve colours/ }).waitFor(),
  ],
  ['post', () => `?h=mira.paints/harbor.knits/posts/${post}`, (page) => page.getByText('never enough grey').waitFor()],
  ['story', () => '?h=mira.paints/harbor.knits/story', (page) => page.getByText('The blue ones are back.').waitFor()],
  ['you', () => '?h=mira.paints/@me', (page) => page.getByRole('textbox', { name: 'Phone number' }).waitFor()],
  [
    'actions',
    () => '?h=lucia_m/harbor.knits',
    async (page) => {
      const message = page.locator('[data-message]', { hasText: 'Perfect' });
      await message.hover();
      await message.getByRole('button', { name: 'Actions for this message' }).click();
      await page.getByRole('menuitem', { name: 'Unsend' }).waitFor();
    },
  ],
  [
    'webhooks',
    () => '?h=lucia_m/harbor.knits',
    async (page) => {
      const message = page.locator('[data-message]', { hasText: 'Perfect' });
      await message.hover();
      await message.getByRole('button', { name: 'Actions for this message' }).click();
      await page.getByRole('menuitem', { name: 'As the API sees it' }).click();
      await page.getByText('"text": "Perfect, then I order tonight."').waitFor();
    },
  ],
  [
    'arrival',
    () => '?h=lucia_m/harbor.knits',
    async (page) => {
      await page.getByRole('button', { name: 'Attach' }).click();
      await page.getByRole('menuitem', { name: 'Come by a link, an ad or a product' }).click();
      await page.getByRole('radio', { name: 'Ad', exact: true }).check({ force: true });
    },
  ],
  [
    'not sent',
    () => '?h=lucia_m/harbor.knits',
    async (page) => {
      await page.route('**/_parlance/people/*/messages', (route) => route.abort());
      const field = page.getByRole('textbox', { name: 'Message to Harbor Knits' });
      await field.fill('One more thing');
      await field.press('Enter');
      await page.getByText(/Not sent/).waitFor();
    },
  ],
];

describe.each(THEMES)('in the %s theme', (theme) => {
  it.each(SCREENS)('axe finds nothing wrong, and 320 pixels are wide enough: %s', async (_name, query, arrange) => {
    const { page, context, problems } = await screens.phone(query(), { theme });
    await arrange(page);
    expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    await expect.poll(() => beyond(page, SCROLLED)).toEqual([]);
    // What a test cut off, the browser reports by itself.
    expect(problems.filter((problem) => !problem.includes('ERR_FAILED'))).toEqual([]);
    await context.close();
  });

  it('takes pictures', async () => {
    const desk = `?h=mira.paints/harbor.knits&h=lucia_m&h=sam.oslo/harbor.knits/posts/${post}`;
    const pictures: [string, string, string][] = [
      ['picker', '', '@sam.oslo'],
      ['desk', desk, 'How shall it travel?'],
      ['home', '?h=lucia_m', 'then I order tonight'],
      ['story', '?h=sam.oslo/harbor.knits/story', 'The blue ones are back.'],
    ];
    for (const [name, query, text] of pictures) {
      await world.clock({ set: MOMENT });
      const { page, context } = await screens.phone(query, { theme, pictures: true });
      await page.getByText(text).first().waitFor();
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        await picture(page, `phone-${name}-${width}-${theme}`);
      }
      await context.close();
    }
  }, 120_000);
});

describe('without a mouse', () => {
  it('everything is done by keys: picking a person, writing, reacting, going back', async () => {
    const { page, context } = await screens.phone('');
    const focused = () =>
      page.evaluate(() => {
        const it = document.activeElement;
        return it?.matches('body, div') ? '' : (it?.getAttribute('aria-label') ?? it?.textContent ?? '');
      });
    const tabTo = async (name: RegExp, key = 'Tab') => {
      for (let presses = 0; presses < 30; presses++) {
        if (name.test(await focused())) return;
        await page.keyboard.press(key);
      }
      throw new Error(`${key} does not lead to ${name}, but to ${await focused()}`);
    };
    await page.getByRole('button', { name: /Sam Nordmann/ }).waitFor();
    await tabTo(/Sam Nordmann/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
    await tabTo(/Harbor Knits.*Say hello/);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Message to Harbor Knits' }).waitFor();
    await tabTo(/Message to Harbor Knits/);
    await page.keyboard.type('By keys alone');
    await page.keyboard.press('Enter');
    const message = page.locator('[data-message]', { hasText: 'By keys alone' });
    await message.waitFor();
    const answer = await world.sends('sam.oslo', { text: 'And read by them' });
    await page.locator(`[data-message="${answer}"]`).waitFor();
    await tabTo(/And read by them/, 'Shift+Tab');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toMatch(/By keys alone/);
    await page.keyboard.press('ArrowDown');
    await tabTo(/Actions for this message/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(/React with 👍/);
    await page.keyboard.press('Enter');
    await page.locator(`[data-message="${answer}"]`).getByRole('img', { name: '👍 from You' }).waitFor();
    await tabTo(/^Back$/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
    await context.close();
  });
});

describe('with a finger', () => {
  it('a long press opens what can be done with a message', async () => {
    const { page, context } = await screens.phone('?h=lucia_m/harbor.knits', { width: 390, height: 844, touch: true });
    const message = page.locator('[data-message]', { hasText: 'Do you ship' });
    const box = (await message.getByText('Do you ship').boundingBox())!;
    const touch = await context.newCDPSession(page);
    const at = { x: box.x + 10, y: box.y + 5 };
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
    await page.getByRole('dialog', { name: 'Actions for this message' }).waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.getByRole('button', { name: 'React with 😂' }).tap();
    await message.getByRole('img', { name: '😂 from You' }).waitFor();
    await context.close();
  });

  it('a photo is sent and shown', async () => {
    const { page, context } = await screens.phone('?h=lucia_m/harbor.knits', { width: 390, height: 844, touch: true });
    await page.getByTestId('picker').setInputFiles(PHOTO);
    await page.locator('[data-message] img[alt^="Photo"]').waitFor();
    await context.close();
  });
});
