import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ar } from '../../src/shared/words/ar';
import { en } from '../../src/shared/words/en';
import { email } from '../desk';
import { beyond, picture, violations } from '../looks';
import { MOMENT, scene, type Scene } from '../scene';
import { Screens, THEMES, type Look, type Shown, type Theme } from '../screens';
import { Seat } from '../seat';
import { World } from '../world';

/** What the inbox scrolls sideways. */
const SCROLLED = '.overflow-x-auto';
const SECTIONS = [
  'profile',
  'security',
  'keyboard',
  'views',
  'workspace',
  'accounts',
  'members',
  'teams',
  'labels',
  'replies',
  'audit',
];

let world: World;
let screens: Screens;
let set: Scene;

beforeAll(async () => {
  world = await World.start({ inbox: 'beside' });
  screens = await Screens.open(world);
  set = await scene(world);
}, 60_000);
afterAll(async () => {
  await screens?.close();
  await world?.stop();
});

/** Waits until nothing is being read any more. */
const quiet = (page: Page) => page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
const thread = (username: string) => `/all/${set.threads[username]}?status=open`;
const palette = async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('option').or(page.getByRole('menuitem')).first().waitFor();
};

interface Screen {
  path: () => string;
  /** What there is to do until it shows. */
  arrange?: (page: Page) => Promise<unknown>;
}

/** Everything that the owner can see; a row for each screen and each thing that opens over one. */
const SCREENS: Record<string, Screen> = {
  list: { path: () => '/all?status=open', arrange: (page) => page.locator('[data-conversation]').first().waitFor() },
  'empty list': {
    path: () => '/mine?status=open',
    arrange: (page) => page.getByText('Nothing is on your desk').waitFor(),
  },
  found: { path: () => '/all?q=scarf', arrange: (page) => page.getByRole('option').first().waitFor() },
  'nothing found': {
    path: () => '/all?q=zeppelin',
    arrange: (page) => page.getByText('Nothing has “zeppelin” in it').waitFor(),
  },
  chosen: {
    path: () => '/all?status=open',
    arrange: async (page) => {
      await page.locator('[data-conversation]').first().hover();
      await page.locator('[data-conversation]').first().getByRole('checkbox').click();
      await page.getByText('1 chosen').waitFor();
    },
  },
  thread: {
    path: () => thread('noor.weaves'),
    arrange: (page) => page.getByText('Wonderful, thank you!').last().waitFor(),
  },
  'human agent': {
    path: () => thread('aisha.codes'),
    arrange: (page) => page.locator('[data-window="human_agent"]').waitFor(),
  },
  closed: { path: () => thread('tomek.bikes'), arrange: (page) => page.locator('[data-window="closed"]').waitFor() },
  note: {
    path: () => thread('lucia_m'),
    arrange: (page) => page.getByRole('button', { name: 'Note', exact: true }).click(),
  },
  reacting: {
    path: () => thread('lucia_m'),
    arrange: async (page) => {
      await page.locator('[data-row]', { hasText: 'Perfect' }).hover();
      await page.locator('[data-row]', { hasText: 'Perfect' }).getByRole('button', { name: 'React' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  assigning: {
    path: () => thread('lucia_m'),
    arrange: async (page) => {
      await page.locator('[data-row]').first().waitFor();
      await page.keyboard.press('a');
      await page.getByRole('menuitem', { name: 'Ben' }).waitFor();
    },
  },
  palette: { path: () => thread('lucia_m'), arrange: palette },
  keys: {
    path: () => '/all?status=open',
    arrange: async (page) => {
      await page.locator('[data-conversation]').first().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  },
  comments: { path: () => '/comments', arrange: (page) => page.getByText('never enough grey').waitFor() },
  settings: { path: () => '/settings' },
  ...Object.fromEntries(SECTIONS.map((section) => [`settings: ${section}`, { path: () => `/settings/${section}` }])),
};

async function show(shown: Shown, { path, arrange }: Screen) {
  await shown.page.goto(`${world.desk.origin}/inbox${path()}`);
  await shown.page.getByRole('main').waitFor();
  await arrange?.(shown.page);
  await quiet(shown.page);
}

// First, while nobody else looks at anything.
describe('pictures', () => {
  /** Takes one at each of the widths. */
  async function take(
    name: string,
    screen: Screen,
    look: Look & { theme: Theme },
    widths: number[],
    who: 'ana' | null = 'ana',
  ) {
    await world.clock({ set: MOMENT });
    const shown = await screens.inbox(who, '/join', { ...look, width: widths[0]!, pictures: true });
    await show(shown, screen);
    for (const width of widths) {
      await shown.page.setViewportSize({ width, height: width < 400 ? 640 : width < 1200 ? 768 : 900 });
      await quiet(shown.page);
      await picture(shown.page, `inbox-${name}-${width}-${look.theme}`);
    }
    await shown.context.close();
  }

  it.each(THEMES)(
    'are taken in the %s theme',
    async (theme) => {
      await take('thread', SCREENS['thread']!, { theme }, [1440, 1024, 320]);
      await take('list', SCREENS['list']!, { theme }, [320]);
    },
    90_000,
  );

  it('are taken of everything else', async () => {
    const light = { theme: 'light' } as const;
    await take('human-agent', SCREENS['human agent']!, light, [1024]);
    await take('closed', SCREENS['closed']!, light, [1024]);
    await take('palette', SCREENS['palette']!, light, [1024]);
    await take('comments', SCREENS['comments']!, light, [1024]);
    await take('settings', SCREENS['settings: security']!, light, [1024]);
    await take('arabic', SCREENS['thread']!, { ...light, language: 'ar' }, [1440]);
    await take(
      'login',
      { path: () => '', arrange: (page) => page.getByRole('textbox').first().fill(email('ana')) },
      light,
      [1024],
      null,
    );
  }, 90_000);

  it('and of an answer that something stands against', async () => {
    await world.clock({ set: MOMENT });
    const ana = await Seat.take(screens, 'ana', '/join', { width: 1024, height: 768, pictures: true });
    // Its stream says nothing, without an end.
    await ana.page.route('**/inbox/api/live*', () => undefined);
    await ana.page.goto(`${world.desk.origin}/inbox${thread('lucia_m')}`);
    await ana.field.fill('We pack it tonight, then it is there on Saturday.');
    await world.desk.says('ben', set.threads['lucia_m']!, { kind: 'text', text: 'Then it leaves tomorrow morning.' });
    await ana.field.press('Enter');
    await ana.returned.waitFor();
    await picture(ana.page, 'inbox-conflict-1024-light');
    await ana.leave();
  });
});

describe.each(THEMES)('in the %s theme', (theme) => {
  let shown: Shown;

  beforeAll(async () => {
    shown = await screens.inbox('olga', '/all', { theme, width: 1440 });
  });
  afterAll(async () => {
    expect(shown.problems).toEqual([]);
    await shown.context.close();
  });

  it.each(Object.keys(SCREENS))('axe finds nothing wrong, and 320 pixels are wide enough: %s', async (name) => {
    const { page } = shown;
    await page.setViewportSize({ width: 1440, height: 900 });
    await show(shown, SCREENS[name]!);
    expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    await expect.poll(() => beyond(page, SCROLLED)).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });

  it.each([
    ['login', ''],
    ['a link that is not whole', '/join'],
    ['join', '/join#a-link'],
  ])('and before one is in: %s', async (_name, path) => {
    const stranger = await screens.inbox(null, path, { theme });
    await stranger.page.getByRole('main').waitFor();
    expect(await violations(stranger.page)).toEqual([]);
    await stranger.page.setViewportSize({ width: 320, height: 640 });
    await expect.poll(() => beyond(stranger.page, SCROLLED)).toEqual([]);
    await stranger.context.close();
  });
});

/** Texts of a page that a reader of Arabic should not meet: what the catalogue says in English, and in Arabic otherwise. */
async function english(page: Page): Promise<string[]> {
  const words = Object.entries(en).flatMap(([key, text]) => {
    const other = ar[key as keyof typeof en];
    return typeof text === 'string' && !text.includes('{') && text !== other ? [text] : [];
  });
  return page.evaluate((words) => {
    const known = new Set<string>(words);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const met: string[] = [];
    // What people called their labels, teams and replies is theirs.
    const own = (node: Node) => node.parentElement?.closest('[data-conversation], [data-row], bdi, input, textarea');
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent!.trim();
      if (known.has(text) && !own(walker.currentNode)) met.push(text);
    }
    for (const it of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) {
        const text = it.getAttribute(name);
        if (text && known.has(text)) met.push(`${name}: ${text}`);
      }
    }
    return met;
  }, words);
}

describe('in Arabic', () => {
  it.each(['list', 'thread', 'closed', 'comments', 'settings: security', 'settings: members', 'settings: workspace'])(
    'everything runs from the right, and nothing is left in English: %s',
    async (name) => {
      const shown = await screens.inbox('olga', '/join', { width: 1440, language: 'ar' });
      const { path, arrange } = SCREENS[name]!;
      await show(
        shown,
        name === 'list' || name === 'closed' || name === 'thread' || name === 'comments' ? { path, arrange } : { path },
      );
      const { page } = shown;
      expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
      expect(await english(page)).toEqual([]);
      const rail = (await page.getByRole('navigation').first().boundingBox())!;
      expect(rail.x + rail.width).toBeGreaterThan(1400);
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      await expect.poll(() => beyond(page, SCROLLED)).toEqual([]);
      await shown.context.close();
    },
  );
});
