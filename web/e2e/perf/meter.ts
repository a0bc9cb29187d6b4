/** Measures in the page: from what somebody does to the next paint, and until what they asked for is there. */
import type { Page } from 'playwright-core';

interface Meter {
  /** When the last act began, by the page's clock. */
  at: number;
  /** From each act to the paint that followed. */
  paints: number[];
  /** Tasks of more than 50 ms. */
  long: number[];
}

/** Puts the meter into every page of a context that is opened from now on. */
export function install() {
  const meter: Meter = { at: 0, paints: [], long: [] };
  Object.assign(window, { meter });
  new PerformanceObserver((list) => meter.long.push(...list.getEntries().map((it) => it.duration))).observe({
    type: 'longtask',
    buffered: true,
  });
  const acted = (event: Event) => {
    meter.at = event.timeStamp;
    requestAnimationFrame(() => {
      // A task that is queued in a frame runs once that frame is painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => meter.paints.push(performance.now() - event.timeStamp);
      port2.postMessage(null);
    });
  };
  for (const kind of ['keydown', 'pointerdown', 'wheel'])
    addEventListener(kind, acted, { capture: true, passive: true });
}

type Metered = typeof globalThis & { meter: Meter };

/**
 * Does something; gives from its last act to the frame in which something of `selector` stands there for the first time, or
 * nothing any more, in milliseconds.
 */
export async function until(page: Page, act: () => Promise<unknown>, selector: string, stands = true): Promise<number> {
  const before = await page.evaluate(() => performance.now());
  // Watched from before the act, so that asking costs nothing.
  const seen = page.evaluate(
    async ({ selector, stands, before }) => {
      const { meter } = globalThis as Metered;
      for (;;) {
        const now = await new Promise<number>(requestAnimationFrame);
        if (meter.at > before && (document.querySelector(selector) !== null) === stands) return now - meter.at;
        if (now - before > 30_000) throw new Error(`${selector} was waited for in vain`);
      }
    },
    { selector, stands, before },
  );
  await act();
  return seen;
}

/** Paints and long tasks since the last time that this was asked. */
export const taken = (page: Page) =>
  page.evaluate(() => {
    const { meter } = globalThis as Metered;
    return { paints: meter.paints.splice(0), long: meter.long.splice(0) };
  });

/** Lengths of the frames while something is done. */
export async function frames(page: Page, act: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => {
    const state = { lengths: [] as number[], on: true };
    Object.assign(window, { frameMeter: state });
    let last = performance.now();
    const next = (now: number) => {
      state.lengths.push(now - last);
      last = now;
      if (state.on) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await act();
  return page.evaluate(() => {
    const state = (globalThis as unknown as { frameMeter: { lengths: number[]; on: boolean } }).frameMeter;
    state.on = false;
    return state.lengths.slice(1);
  });
}

/** The value below which this share of all lies. */
export function share(all: readonly number[], part: number): number {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}
