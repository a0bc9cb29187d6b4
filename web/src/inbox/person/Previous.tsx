import { worldTime } from '../../shared/time';
import { t } from '../../shared/words';
import type { Schemas } from '../data/api';
import { happened } from '../thread/happened';
import { Part } from './Part';
import { previous } from './previous';

interface Props {
  pages: readonly Schemas['Thread'][];
  names: ReadonlyMap<string, string>;
}

/** When the conversation had been done before, and when it was taken up again. */
export function Previous({ pages, names }: Props) {
  const all = previous(pages);
  if (all.length === 0) return null;
  return (
    <Part title={t('person.previous')}>
      <ol className="flex flex-col gap-1 text-dense">
        {all.map((one) => (
          <li key={one.seq} className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span>{happened(one, names)}</span>
            <time dateTime={new Date(one.created_time).toISOString()} className="text-meta text-muted tabular-nums">
              {worldTime(one.created_time)}
            </time>
          </li>
        ))}
      </ol>
    </Part>
  );
}
