import { useState, type FormEvent } from 'react';
import { useNow } from '../../../shared/clock';
import { worldTime } from '../../../shared/time';
import { Button } from '../../../shared/ui/Button';
import { t } from '../../../shared/words';
import { PickList } from './PickList';
import type { PickProps } from './OpenList';
import { fieldTime, snoozes } from './snoozes';

const CUSTOM = 'custom';

/** When it comes back. */
export function SnoozePick({ change }: PickProps) {
  const now = useNow(60_000);
  const [custom, setCustom] = useState(false);
  const all = snoozes(now);
  const choose = (id: string) => {
    const found = all.find((one) => one.id === id);
    if (found) change({ do: 'snooze', until: found.until });
    else setCustom(true);
  };
  if (custom) return <Custom now={now} snooze={(until) => change({ do: 'snooze', until })} />;
  return (
    <PickList
      label={t('pick.snooze')}
      choose={choose}
      groups={[
        {
          options: [
            ...all.map(({ id, until }) => ({ id, name: t(`pick.snooze.${id}`), aside: worldTime(until) })),
            { id: CUSTOM, name: t('pick.snooze.custom') },
          ],
        },
      ]}
    />
  );
}

/** A time of one's own. */
function Custom({ now, snooze }: { now: number; snooze: (until: number) => void }) {
  const [text, setText] = useState(() => fieldTime(snoozes(now).at(-1)?.until ?? now));
  const until = new Date(text).getTime();
  const wrong = !(until > now);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong) snooze(until);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 p-3">
      <label className="flex flex-col gap-1 text-meta font-medium text-muted">
        {t('pick.snooze.date')}
        <input
          type="datetime-local"
          autoFocus
          value={text}
          min={fieldTime(now)}
          onChange={(event) => setText(event.target.value)}
          aria-invalid={wrong}
          aria-describedby="snooze-wrong"
          className="min-h-menu rounded-control border border-control bg-raised px-2 text-body font-normal text-text touch:min-h-touch"
        />
      </label>
      <p id="snooze-wrong" role="status" className="text-meta text-danger">
        {wrong ? t('pick.snooze.past') : ''}
      </p>
      <Button look="primary" type="submit" isDisabled={wrong}>
        {t('pick.snooze.do')}
      </Button>
    </form>
  );
}
