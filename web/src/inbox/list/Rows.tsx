import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { t } from '../../shared/words';
import { useAddress } from '../app/go';
import type { Conversation } from '../data/conversation';
import type { Scope } from '../data/scope';
import { freshAbove, shift } from './anchor';
import type { Cursor } from './cursor';
import { Row } from './Row';
import { RowSkeletons } from './Skeletons';
import type { Facts } from './row';

/** What one row after another is asked to do. */
export interface RowsActs {
  open: (id: string) => void;
  /** Moves the keyboard there. */
  point: (id: string) => void;
  choose: (id: string) => void;
  chooseUpTo: (id: string) => void;
  /** Moves the keyboard so many rows on; `choosing` takes the rows on the way along. */
  step: (by: number, choosing: boolean) => void;
}

interface Props {
  scope: Scope;
  label: string;
  conversations: readonly Conversation[];
  ids: readonly string[];
  facts: Facts;
  cursor: Cursor;
  open: string | null;
  /** What is chosen; null where nothing can be. */
  chosen: ReadonlySet<string> | null;
  /** Whether there may be more, and what became of asking. */
  more: 'no' | 'yes' | 'failed';
  loadMore: () => void;
  acts: RowsActs;
}

/** Rows that are drawn beyond the edges. */
const BEYOND = 8;
/** How many rows before the end the next page is asked for. */
const AHEAD = 25;
/** The height of a row, in the root's font size. */
const ROW = 4.25;

const rowHeight = () => ROW * parseFloat(getComputedStyle(document.documentElement).fontSize);

const idOf = (target: EventTarget) =>
  (target instanceof Element && target.closest<HTMLElement>('[data-conversation]')?.dataset['conversation']) || null;

/** The rows of a list, of which only those are drawn that can be seen. */
export function Rows(props: Props) {
  const { scope, label, conversations, ids, facts, cursor, open, chosen, more, loadMore, acts } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [height] = useState(rowHeight);
  const address = useAddress();
  // The row that the keyboard is at stays drawn, so that the focus is not lost.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range);
      const { index } = cursor;
      if (index < 0 || index >= range.count || drawn.includes(index)) return drawn;
      return index < drawn[0]! ? [index, ...drawn] : [...drawn, index];
    },
    [cursor],
  );
  // Made anew, these would have every row measured anew.
  const getItemKey = useCallback((index: number) => ids[index]!, [ids]);
  const estimateSize = useCallback(() => height, [height]);
  // eslint-disable-next-line react-hooks/incompatible-library -- what it gives is used here only, and rows are memoised by hand
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    overscan: BEYOND,
    rangeExtractor,
  });
  const items = virtual.getVirtualItems();
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (more === 'yes' && last >= ids.length - AHEAD) loadMore();
  }, [more, last, ids.length, loadMore]);

  // Rows that come and go above the upper edge do not move what is read.
  const before = useRef(ids);
  useLayoutEffect(() => {
    const place = scroller.current;
    if (place && before.current !== ids && place.scrollTop > height / 2) {
      const moved = shift(before.current, ids, Math.floor(place.scrollTop / height));
      if (moved !== 0) place.scrollTop += moved * height;
    }
    before.current = ids;
  }, [ids, height]);

  const { fresh, scrolled } = useFresh(scroller, conversations, scope.view);
  const toTop = () => {
    scroller.current?.scrollTo({ top: 0 });
    if (ids[0]) acts.point(ids[0]);
  };

  // The keyboard's row is in sight, and has the focus where the list has it.
  const { id: at, index } = cursor;
  const seen = useRef(at);
  useLayoutEffect(() => {
    if (seen.current === at || index < 0) return;
    seen.current = at;
    virtual.scrollToIndex(index, { align: 'auto' });
    if (!grid.current?.contains(document.activeElement) && document.activeElement !== document.body) return;
    requestAnimationFrame(() => {
      if (document.activeElement?.closest('input, textarea, [role="dialog"]')) return;
      grid.current?.querySelector<HTMLElement>(`[data-conversation="${at}"]`)?.focus({ preventScroll: true });
    });
  }, [at, index, virtual]);

  const click = (event: MouseEvent) => {
    const id = idOf(event.target);
    if (id === null || event.metaKey || event.ctrlKey) return;
    const row = grid.current?.querySelector<HTMLElement>(`[data-conversation="${id}"]`);
    row?.focus({ preventScroll: true });
    const choose = event.target instanceof Element && event.target.closest('[data-choose]');
    if (event.shiftKey && chosen) {
      event.preventDefault();
      window.getSelection()?.removeAllRanges();
      acts.chooseUpTo(id);
    } else if (choose) acts.choose(id);
    else acts.open(id);
  };
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const id = idOf(event.target);
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 1);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -ids.length,
      End: ids.length,
    };
    const by = steps[event.key];
    if (by !== undefined) acts.step(by, event.shiftKey && chosen !== null);
    else if (event.key === 'Enter' && id !== null) acts.open(id);
    else if (event.key === ' ' && id !== null && chosen) acts.choose(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const point = (target: EventTarget) => {
    const id = idOf(target);
    if (id !== null && id !== at) acts.point(id);
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div ref={scroller} onScroll={scrolled} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div
          ref={grid}
          role="grid"
          aria-label={label}
          aria-rowcount={more === 'no' ? ids.length : -1}
          aria-multiselectable={chosen !== null}
          onClick={click}
          onKeyDown={press}
          onFocus={(event) => point(event.target)}
        >
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const conversation = conversations[item.index];
              if (!conversation) return null;
              return (
                <Row
                  key={item.key}
                  conversation={conversation}
                  facts={facts}
                  view={scope.view}
                  index={item.index}
                  start={item.start}
                  href={address.scope(scope, conversation.id)}
                  open={conversation.id === open}
                  current={conversation.id === at}
                  chosen={chosen && chosen.has(conversation.id)}
                  choosing={chosen !== null && chosen.size > 0}
                />
              );
            })}
          </div>
        </div>
        <Foot more={more} count={ids.length} loadMore={loadMore} />
      </div>
      <div role="status" className="pointer-events-none absolute inset-x-0 top-2 flex justify-center">
        {fresh > 0 && (
          <button
            type="button"
            onClick={toTop}
            className="pointer-events-auto inline-flex min-h-menu items-center gap-2 rounded-control bg-accent px-3 text-dense font-medium text-on-accent touch:min-h-touch"
          >
            <ArrowUp className="size-icon-s" strokeWidth={1.75} aria-hidden />
            {t('list.fresh', { count: fresh })}
          </button>
        )}
      </div>
    </div>
  );
}

/** What stands below the last row: the shapes of the next ones, or that there are none. */
function Foot({ more, count, loadMore }: { more: Props['more']; count: number; loadMore: () => void }) {
  if (more === 'yes') return <RowSkeletons count={2} />;
  if (more === 'failed') {
    return (
      <p role="alert" className="flex items-center justify-center gap-2 p-3 text-dense text-muted">
        {t('list.moreFailed')}
        <button type="button" onClick={loadMore} className="min-h-hit font-medium text-accent hover:underline">
          {t('common.retry')}
        </button>
      </p>
    );
  }
  return count > 8 ? <p className="p-3 text-center text-meta text-muted">{t('list.end')}</p> : null;
}

/** How many conversations came above what is seen, for those who are not at the top. */
function useFresh(
  scroller: React.RefObject<HTMLDivElement | null>,
  conversations: readonly Conversation[],
  view: Scope['view'],
) {
  // The newest time of the list when the eye left its top; null while it is there.
  const [mark, setMark] = useState<number | null>(null);
  const newest = conversations[0]?.last_time ?? 0;
  const scrolled = () => {
    const top = (scroller.current?.scrollTop ?? 0) < rowHeight();
    if (top && mark !== null) setMark(null);
    if (!top && mark === null) setMark(newest);
  };
  const fresh = mark === null || view === 'ending_soon' ? 0 : freshAbove(conversations, mark);
  return { fresh, scrolled };
}
