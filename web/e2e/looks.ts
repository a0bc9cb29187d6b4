/** What can be wrong with a screen whatever it shows, and its picture. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Where pictures of the screens go; they are committed, and nothing fails when they change. */
const PICTURES = join(import.meta.dirname, '../../docs/screenshots');

/** What axe finds wrong, in words. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: { run: (options: object) => Promise<axe.AxeResults> } };
    return (await run.run({ resultTypes: ['violations'] })).violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  );
}

/**
 * What reaches over the edges of the screen, other than within `scrolled`, which is meant to be scrolled sideways, and what
 * nobody sees: text that is cut off with dots, and what is there for machines only.
 */
export const beyond = (page: Page, scrolled: string) =>
  page.evaluate((scrolled) => {
    const edge = document.documentElement.clientWidth;
    const scrolls = (it: Element) =>
      it.closest(`${scrolled}, pre, .truncate > *, .sr-only, [hidden], [aria-hidden="true"]`) !== null;
    const over = [...document.querySelectorAll('main *, header *, nav *, [role="dialog"] *')].filter((it) => {
      const { left, right, width } = it.getBoundingClientRect();
      return width > 1 && !scrolls(it) && (right > edge + 1 || left < -1);
    });
    return over.map((it) => it.outerHTML.slice(0, 120));
  }, scrolled);

/** Takes a picture, once fonts and pictures are there. Ids are made anew in each world, so it shows one for all of them. */
export async function picture(page: Page, name: string) {
  mkdirSync(PICTURES, { recursive: true });
  await page.evaluate(async () => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode as Text;
      if (/\d{12,}/.test(text.data)) text.data = text.data.replace(/\d{12,}/g, '822940139765804');
    }
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}
