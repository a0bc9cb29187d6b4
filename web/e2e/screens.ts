/** Browsers with a face of the product on their screen. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Desk, Name } from './desk';
import type { Line } from './line';
import type { World } from './world';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** How long something may take to appear, in milliseconds; a machine that builds beside it is slow. */
const PATIENCE = 10_000;

export type Theme = 'light' | 'dark';
export const THEMES: Theme[] = ['light', 'dark'];

export interface Look {
  width?: number;
  height?: number;
  theme?: Theme;
  touch?: boolean;
  /** For pictures: what follows from ids, which are made anew in each world, looks the same each time. */
  pictures?: boolean;
  /** The language that was chosen, else the browser's. */
  language?: string;
  /** The line to the inbox, where it may be cut. */
  line?: Line;
}

/** One Chromium for a file of tests. */
export class Screens {
  private constructor(
    private readonly browser: Browser,
    private readonly world: World,
    private readonly desk: Desk | null,
  ) {}

  /** Opens it on a world and its inbox, or another. */
  static async open(world: World, desk: Desk | null = world.inbox): Promise<Screens> {
    if (!existsSync(CHROMIUM))
      throw new Error(`there is no ${CHROMIUM}: \`apt-get install -y chromium\`, or set CHROMIUM`);
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    });
    return new Screens(browser, world, desk);
  }

  close() {
    return this.browser.close();
  }

  /** A phone in a browser of its own. */
  async phone(query: string, look: Look = {}): Promise<Shown> {
    const shown = await this.blank(look);
    await shown.page.goto(`${this.world.ready.phone}${query}`);
    return shown;
  }

  /** The inbox in a browser of its own, in which somebody is logged in, or nobody. */
  async inbox(name: Name | null, path = '', look: Look = {}): Promise<Shown> {
    const shown = await this.blank(look);
    const { desk } = this;
    if (!desk) throw new Error('there is no inbox');
    if (name) {
      const cookie = { name: 'parlance_inbox', value: await desk.cookie(name), path: '/inbox', httpOnly: true };
      await shown.context.addCookies([{ ...cookie, domain: new URL(desk.origin).hostname, sameSite: 'Strict' }]);
    }
    await shown.page.goto(`${look.line?.origin ?? desk.origin}/inbox${path}`);
    return shown;
  }

  /** Errors of the page, and what its policy keeps out, fail the test that looks at them. */
  private async blank(look: Look): Promise<Shown> {
    const { width = 1024, height = 900, theme = 'light', touch = false, language } = look;
    const context = await this.browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      hasTouch: touch,
      isMobile: touch,
      reducedMotion: 'reduce',
      timezoneId: 'UTC',
      locale: 'en-GB',
      permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
    });
    if (look.pictures) {
      const kinds = /\/pictures\/(post|story)-\d{5,}\.svg$/;
      await context.route(kinds, (route) => route.continue({ url: route.request().url().replace(/-\d+/, '-moss') }));
    }
    if (language) await context.addInitScript((tag) => localStorage.setItem('parlance.language', tag), language);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    return { page, context, problems };
  }
}

export interface Shown {
  page: Page;
  context: BrowserContext;
  problems: string[];
}
