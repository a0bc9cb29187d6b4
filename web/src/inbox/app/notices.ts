/** What was done, with a way back, and what could not be done, with a way on: one line at the bottom of the page. */
import { useSyncExternalStore } from 'react';

export interface Notice {
  /** Grows with each notice. */
  id: number;
  text: string;
  /** It could not be done; such a notice stays until it is put away. */
  failed: boolean;
  /** What can be done about it. */
  action?: { label: string; run: () => void };
}

/** How long word of something done stays, in milliseconds. */
const STAYS = 7_000;

export class Notices {
  #current: Notice | null = null;
  #last = 0;
  #watchers = new Set<() => void>();

  constructor(private readonly later: (run: () => void, ms: number) => void = (run, ms) => void setTimeout(run, ms)) {}

  /** Shows a notice in place of the one before. */
  tell(notice: Omit<Notice, 'id'>) {
    const id = ++this.#last;
    this.#become({ ...notice, id });
    if (!notice.failed) this.later(() => this.dismiss(id), STAYS);
  }

  /** Puts a notice away, if it still is the one that is shown. */
  dismiss(id: number) {
    if (this.#current?.id === id) this.#become(null);
  }

  current = () => this.#current;

  watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  #become(notice: Notice | null) {
    this.#current = notice;
    this.#watchers.forEach((watcher) => watcher());
  }
}

export const notices = new Notices();

export const useNotice = () => useSyncExternalStore(notices.watch, notices.current);
