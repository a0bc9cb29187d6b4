import { Check } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import { Avatar } from '../../shared/ui/Avatar';
import { t } from '../../shared/words';
import { LabelChip } from '../app/LabelChip';
import type { Conversation } from '../data/conversation';
import type { View } from '../data/scope';
import { Said, Signs, When } from './RowParts';
import { ringWords } from './ring';
import { rowOf, type Facts } from './row';

export interface RowProps {
  conversation: Conversation;
  facts: Facts;
  view: View;
  /** Its place in the list, and how far down it stands, in pixels. */
  index: number;
  start: number;
  /** Its own address. */
  href: string;
  /** It is open beside the list. */
  open: boolean;
  /** The keyboard is at it. */
  current: boolean;
  /** It is chosen; null where nothing can be chosen. */
  chosen: boolean | null;
  /** Several are chosen, or one: every row shows that it can be. */
  choosing: boolean;
}

const EDGES = ['', 'border-s-line', 'border-s-human', 'border-s-danger'];

/** A conversation in the list. What is done with it, the list hears: a row has no handlers of its own to be made anew. */
export const Row = memo(function Row(props: RowProps) {
  const { conversation, facts, view, index, start, href, open, current, chosen, choosing } = props;
  const row = rowOf(conversation, facts);
  const ground = chosen || open ? 'bg-accent-quiet' : 'hover:bg-hover';
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={chosen ?? undefined}
      aria-current={open || undefined}
      tabIndex={current ? 0 : -1}
      data-conversation={conversation.id}
      className={`group absolute inset-x-0 top-0 flex h-conversation items-stretch border-s-2 -outline-offset-2! ${EDGES[row.priority] || 'border-s-transparent'} ${ground}`}
      style={{ transform: `translateY(${start}px)` }}
    >
      <div role="gridcell" className="relative flex w-full min-w-0 items-center gap-3 ps-2 pe-3">
        <span className="relative flex shrink-0">
          <Avatar
            name={row.name}
            picture={conversation.profile.picture}
            size="l"
            opened={conversation.person_time}
            says={ringWords}
          />
          {chosen !== null && <Box name={row.name} chosen={chosen} choosing={choosing} />}
        </span>
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="flex items-baseline gap-2">
            <a
              href={href}
              tabIndex={-1}
              draggable={false}
              onClick={stay}
              className={`truncate outline-hidden after:absolute after:inset-0 ${row.unread ? 'font-semibold' : 'font-medium'}`}
            >
              <bdi>{row.name}</bdi>
            </a>
            {row.account && <span className="truncate text-meta text-muted">{row.account}</span>}
            <When conversation={conversation} row={row} view={view} />
          </span>
          <span className="flex items-center gap-1 text-dense">
            <Said conversation={conversation} row={row} facts={facts} />
            <Signs conversation={conversation} row={row} facts={facts} />
          </span>
          {row.labels.length > 0 && (
            <span className="flex min-w-0 items-center gap-1">
              <span className="sr-only">
                {t('list.labels', { names: row.labels.map((label) => label.name).join(', ') })}
              </span>
              <span aria-hidden className="flex min-w-0 items-center gap-1">
                {row.labels.map((label) => (
                  <LabelChip key={label.id} label={label} />
                ))}
              </span>
              {row.more > 0 && (
                <span dir="ltr" className="text-meta text-muted tabular-nums">
                  {t('list.moreLabels', { count: row.more })}
                </span>
              )}
            </span>
          )}
        </span>
      </div>
    </div>
  );
});

/** Lets the browser open another tab where that is meant; the list does the rest. */
function stay(event: MouseEvent) {
  if (!event.metaKey && !event.ctrlKey && !event.shiftKey) event.preventDefault();
}

/** Chooses the row: over the picture, on hover, on focus, and once something is chosen. */
function Box({ name, chosen, choosing }: { name: string; chosen: boolean; choosing: boolean }) {
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={chosen}
      aria-label={t('list.choose', { name })}
      tabIndex={-1}
      data-choose
      className={`absolute inset-0 z-10 flex items-center justify-center rounded-full transition-opacity ${choosing ? '' : 'opacity-0 group-hover:opacity-100 touch:opacity-0'}`}
    >
      <span
        className={`flex size-icon items-center justify-center rounded-control border ${chosen ? 'border-accent bg-accent text-on-accent' : 'border-control bg-raised'}`}
      >
        {chosen && <Check className="size-icon-s" strokeWidth={2.5} aria-hidden />}
      </span>
    </button>
  );
}
