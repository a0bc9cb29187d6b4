/** How wide the panes are, and which are folded away; kept in this browser. */
import { useSyncExternalStore } from 'react';

export const FOLDABLE = ['list', 'person'] as const;
export type Foldable = (typeof FOLDABLE)[number];

interface Pane {
  folded: boolean;
  /** In pixels; null as it was made. */
  width: number | null;
}

export type Panes = Record<Foldable, Pane>;

/** How narrow and how wide a pane can be made, and what it measures by itself, in pixels. */
export const LIMITS: Record<Foldable, { least: number; most: number; usual: number }> = {
  list: { least: 280, most: 520, usual: 340 },
  person: { least: 260, most: 480, usual: 300 },
};

const KEY = 'parlance.inbox.panes';
const USUAL: Panes = { list: { folded: false, width: null }, person: { folded: false, width: null } };

/** What is kept, as far as it makes sense. */
export function readPanes(text: string | null): Panes {
  try {
    const kept = JSON.parse(text ?? '{}') as Partial<Record<string, Partial<Record<keyof Pane, unknown>>>>;
    const pane = (name: Foldable): Pane => {
      const { folded, width } = kept[name] ?? {};
      return { folded: folded === true, width: typeof width === 'number' ? within(name, width) : null };
    };
    return { list: pane('list'), person: pane('person') };
  } catch {
    return USUAL;
  }
}

export function within(name: Foldable, width: number): number {
  const { least, most } = LIMITS[name];
  return Math.round(Math.min(most, Math.max(least, width)));
}

class Layout {
  #panes: Panes;
  #watchers = new Set<() => void>();

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | undefined) {
    let kept: string | null = null;
    try {
      kept = storage?.getItem(KEY) ?? null;
    } catch {
      // A browser that keeps nothing has the usual panes.
    }
    this.#panes = readPanes(kept);
  }

  panes = () => this.#panes;

  watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  toggle(name: Foldable) {
    this.#put(name, { ...this.#panes[name], folded: !this.#panes[name].folded });
  }

  /** Makes a pane so wide; null as it was made. */
  size(name: Foldable, width: number | null) {
    this.#put(name, { folded: false, width: width === null ? null : within(name, width) });
  }

  /** Tells the styles how wide the panes are. */
  show() {
    for (const name of FOLDABLE) {
      const { width } = this.#panes[name];
      const { style } = document.documentElement;
      if (width === null) style.removeProperty(`--${name}-width`);
      else style.setProperty(`--${name}-width`, `${width}px`);
    }
  }

  #put(name: Foldable, pane: Pane) {
    this.#panes = { ...this.#panes, [name]: pane };
    try {
      this.storage?.setItem(KEY, JSON.stringify(this.#panes));
    } catch {
      // It lasts as long as the page does.
    }
    this.show();
    this.#watchers.forEach((watcher) => watcher());
  }
}

export const layout = new Layout(globalThis.localStorage);

export const usePanes = () => useSyncExternalStore(layout.watch, layout.panes);
