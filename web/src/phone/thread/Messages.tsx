import { ArrowDown } from 'lucide-react';
import { Fragment, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useNow } from '../../shared/clock';
import { dayLine } from '../../shared/time';
import { Button, IconButton } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import type { Row } from '../data/group';

interface Props {
  rows: readonly Row[];
  render: (row: Row) => ReactNode;
  /** What stands below the last message: what is on its way, "writes…", quick replies. */
  below: ReactNode;
  earlier: (() => void) | null;
  loadingEarlier: boolean;
}

/** From this distance to the end on, a button leads back to it; in pixels of the browser. */
const FAR = 240;

const find = (list: ParentNode, message: string) =>
  list.querySelector<HTMLElement>(`[data-message="${CSS.escape(message)}"]`);

/** Shows a message of the same list as `from`, and goes on from there. */
export function jump(from: Element, message: string) {
  const list = from.closest('ol');
  const found = list && find(list, message);
  found?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  found?.focus({ preventScroll: true });
}

/**
 * The messages, kept at their end while there is more to come: the list is the only child of a reversed column, so the
 * browser itself measures from the bottom. Arrow keys go from message to message.
 */
export function Messages({ rows, render, below, earlier, loadingEarlier }: Props) {
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const [far, setFar] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const current = (event.target as HTMLElement).dataset['message'];
    if (!step || !current) return;
    const next = rows[rows.findIndex((row) => row.message.id === current) + step];
    if (!next) return;
    event.preventDefault();
    find(event.currentTarget, next.message.id)?.focus();
  };
  const last = rows.at(-1)?.message.id;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        onScroll={(event) => setFar(event.currentTarget.scrollTop < -FAR)}
        className="flex min-h-0 flex-1 flex-col-reverse overflow-x-hidden overflow-y-auto"
      >
        <div className="flex flex-1 flex-col justify-end px-3 pt-3">
          {earlier && (
            <Button look="quiet" className="self-center" isDisabled={loadingEarlier} onPress={earlier}>
              {t('thread.earlier')}
            </Button>
          )}
          <ol aria-label={t('thread.messages')} onKeyDown={onKeyDown}>
            {rows.map((row) => (
              <Fragment key={row.message.id}>
                {row.day && (
                  <li className="py-2 text-center text-meta text-muted">
                    <h3>{dayLine(row.time, now)}</h3>
                  </li>
                )}
                <li
                  data-message={row.message.id}
                  tabIndex={row.message.id === last ? 0 : -1}
                  className="rounded-control -outline-offset-2"
                >
                  {render(row)}
                </li>
              </Fragment>
            ))}
          </ol>
          {below}
        </div>
      </div>
      {far && (
        <div className="absolute end-3 bottom-2 rounded-full border border-line bg-raised">
          <IconButton
            icon={ArrowDown}
            label={t('thread.latest')}
            className="rounded-full"
            onPress={() => scroller.current?.scrollTo({ top: 0, behavior: 'smooth' })}
          />
        </div>
      )}
    </div>
  );
}
