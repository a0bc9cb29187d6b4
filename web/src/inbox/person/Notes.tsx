import { CornerDownLeft } from 'lucide-react';
import { useState } from 'react';
import { useNow } from '../../shared/clock';
import { ago, worldTime } from '../../shared/time';
import { Button, IconButton } from '../../shared/ui/Button';
import { Prose } from '../../shared/ui/Prose';
import { t } from '../../shared/words';
import { usePersonPane } from '../app/usePerson';
import type { Schemas } from '../data/api';
import { Part } from './Part';
import { showRow } from './show';

/** Notes that are shown before the others are asked for. */
const FEW = 3;

interface Props {
  /** Oldest first. */
  notes: readonly Schemas['Note'][];
  names: ReadonlyMap<string, string>;
  /** Brings an older page of the thread; null where there is none. */
  older: (() => Promise<unknown>) | null;
}

/** Notes of the conversation, newest first; each leads to its place in the thread. */
export function Notes({ notes, names, older }: Props) {
  const now = useNow();
  const [all, setAll] = useState(false);
  const { wide, toggle } = usePersonPane();
  const newest = [...notes].reverse();
  const shown = all ? newest : newest.slice(0, FEW);
  const show = (id: string) => {
    if (!wide) toggle();
    void showRow(`note ${id}`, older);
  };
  return (
    <Part title={t('person.notes')}>
      {notes.length === 0 && <p className="text-dense text-muted">{t('person.noNotes')}</p>}
      <ul className="flex flex-col gap-2">
        {shown.map((note) => (
          <li key={note.id} className="flex flex-col gap-1 rounded-card bg-note p-2 text-dense">
            <div className="flex items-center gap-2 text-meta text-muted">
              <span className="min-w-0 flex-1 truncate font-medium">
                {names.get(note.agent) ?? t('talk.formerAgent')}
              </span>
              <time dateTime={new Date(note.created_time).toISOString()} title={worldTime(note.created_time)}>
                {ago(note.created_time, now)}
              </time>
              <IconButton
                icon={CornerDownLeft}
                size="s"
                label={t('person.note.show')}
                onPress={() => show(note.id)}
                className="rtl:-scale-x-100"
              />
            </div>
            <p>
              <Prose text={note.text} />
            </p>
          </li>
        ))}
      </ul>
      {newest.length > FEW && (
        <div>
          <Button look="quiet" onPress={() => setAll(!all)} className="-ms-2">
            {all ? t('person.fewer') : t('person.more', { count: newest.length - FEW })}
          </Button>
        </div>
      )}
    </Part>
  );
}
