import { ArrowDown } from 'lucide-react';
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useNow } from '../../shared/clock';
import { dayLine } from '../../shared/time';
import { Button } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import { EventsRow } from './EventsRow';
import { MessageRow } from './MessageRow';
import { NoteRow } from './NoteRow';
import { OutRow } from './OutRow';
import type { Row } from './rows';

/** What others may ask of the list. */
export interface MessagesHandle {
  toLatest: () => void;
  /** Shows a row and goes on from there; false where it is not among those that are there. */
  show: (key: string) => boolean;
  /** Goes to the last message, for the keyboard. */
  focus: () => void;
}

interface Props {
  rows: readonly Row[];
  earlier: (() => void) | null;
  loadingEarlier: boolean;
  /** How much has arrived below what is on screen. */
  unseen: number;
  /** Whether the end of the thread is on screen. */
  onBottom: (isThere: boolean) => void;
  empty: ReactNode;
  handle: Ref<MessagesHandle>;
}

/** From this distance to the end on, one is no longer at it; in pixels of the browser. */
const FAR = 80;

/**
 * The rows, kept at their end while there is more to come: the list is the only child of a reversed column, so the browser
 * itself measures from the bottom, and older pages come in above without a jump. Rows that are not on screen are neither laid
 * out nor painted (`content-visibility`), which keeps the browser's own find, selection and reading order, as a virtual list
 * would not. Arrow keys go from row to row.
 */
export function Messages({ rows, earlier, loadingEarlier, unseen, onBottom, empty, handle }: Props) {
  const now = useNow(60_000);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const [far, setFar] = useState(false);
  const last = rows.findLast((row) => row.is === 'message')?.key;

  const find = (key: string) => list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`) ?? null;
  const toLatest = () => scroller.current?.scrollTo({ top: 0, behavior: 'smooth' });
  useImperativeHandle(handle, () => ({
    toLatest,
    show: (key) => {
      const row = find(key);
      row?.scrollIntoView({ block: 'center' });
      row?.focus({ preventScroll: true });
      return row !== null;
    },
    focus: () => (last === undefined ? scroller.current : find(last))?.focus(),
  }));

  const measure = () => {
    const isFar = (scroller.current?.scrollTop ?? 0) < -FAR;
    setFar(isFar);
    onBottom(!isFar);
  };
  const ask = useRef(earlier);
  useEffect(() => {
    ask.current = loadingEarlier ? null : earlier;
  });
  useEffect(() => {
    const sign = top.current;
    if (!sign || earlier === null || loadingEarlier) return;
    const watch = new IntersectionObserver((seen) => seen.some((it) => it.isIntersecting) && ask.current?.(), {
      root: scroller.current,
      rootMargin: '100% 0% 0% 0%',
    });
    watch.observe(sign);
    return () => watch.disconnect();
  }, [earlier, loadingEarlier]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const target = event.target as HTMLElement;
    if (!step || target.dataset['row'] === undefined) return;
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-row][tabindex]') ?? [])];
    const next = all[all.indexOf(target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        onScroll={measure}
        className="flex min-h-0 flex-1 flex-col-reverse overflow-x-hidden overflow-y-auto overscroll-contain"
      >
        <div className="flex flex-1 flex-col justify-end pt-3">
          <div ref={top} aria-hidden className="h-px" />
          {earlier && (
            <Button look="quiet" className="self-center" isDisabled={loadingEarlier} onPress={earlier}>
              {t(loadingEarlier ? 'common.loading' : 'talk.earlier')}
            </Button>
          )}
          {rows.length === 0 && empty}
          <ol ref={list} aria-label={t('talk.messages')} onKeyDown={onKeyDown}>
            {rows.map((row) => (
              <Line key={row.key} row={row} now={now} tabbable={row.key === last} />
            ))}
          </ol>
        </div>
      </div>
      {far && (
        <div className="absolute end-4 bottom-3">
          <Button icon={ArrowDown} onPress={toLatest} className="rounded-bubble bg-raised tabular-nums">
            {unseen > 0 ? t('talk.newBelow', { count: unseen }) : t('talk.latest')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Line({ row, now, tabbable }: { row: Row; now: number; tabbable: boolean }) {
  switch (row.is) {
    case 'day':
      return (
        <li className="px-4 py-2 text-center text-meta text-muted">
          <h3>{dayLine(row.time, now)}</h3>
        </li>
      );
    case 'new':
      return (
        <li className="flex items-center gap-3 px-4 py-2 text-meta font-medium text-accent">
          <span aria-hidden className="h-px flex-1 bg-accent" />
          {t('talk.new')}
          <span aria-hidden className="h-px flex-1 bg-accent" />
        </li>
      );
    case 'message':
      return <MessageRow row={row} tabbable={tabbable} />;
    case 'note':
      return <NoteRow row={row} />;
    case 'events':
      return <EventsRow row={row} />;
    case 'out':
      return <OutRow row={row} />;
  }
}
