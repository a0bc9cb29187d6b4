import { StickyNote } from 'lucide-react';
import { memo } from 'react';
import { clockTime } from '../../shared/time';
import { Prose } from '../../shared/ui/Prose';
import { t } from '../../shared/words';
import { pieces } from './composer/suggest';
import { useThreadDesk } from './context';
import type { Row } from './rows';

/** A note between agents, across the whole thread: the person never sees it. */
export const NoteRow = memo(function NoteRow({ row }: { row: Extract<Row, { is: 'note' }> }) {
  const { note, time } = row;
  const desk = useThreadDesk();
  const named = note.mentions.flatMap((id) => desk.names.get(id) ?? []);
  const name = desk.names.get(note.agent) ?? t('talk.formerAgent');
  return (
    <li
      data-row={row.key}
      tabIndex={-1}
      className="px-4 pb-3 -outline-offset-2 [contain-intrinsic-block-size:auto_var(--spacing-bar)] [content-visibility:auto]"
    >
      <div className="rounded-card bg-note px-3 py-2">
        <p className="flex items-center gap-2 text-meta text-muted">
          <StickyNote className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
          <span className="min-w-0 truncate font-medium">{t('talk.noteBy', { name })}</span>
          <time dateTime={new Date(time).toISOString()} className="tabular-nums">
            {clockTime(time)}
          </time>
        </p>
        <p className="pt-1">
          {pieces(note.text, named).map((piece, index) =>
            piece.name ? (
              <mark key={index} className="rounded-control bg-accent-quiet px-1 font-medium text-accent" dir="auto">
                {piece.text}
              </mark>
            ) : (
              <Prose key={index} text={piece.text} />
            ),
          )}
        </p>
      </div>
    </li>
  );
});
