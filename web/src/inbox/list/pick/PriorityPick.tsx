import { Check, Minus, SignalHigh, SignalLow, Siren } from 'lucide-react';
import { t } from '../../../shared/words';
import { PRIORITIES } from '../RowParts';
import { PickList } from './PickList';
import type { PickProps } from './OpenList';

const SIGNS = [
  { icon: Minus, look: 'text-muted' },
  { icon: SignalLow, look: 'text-muted' },
  { icon: SignalHigh, look: 'text-human' },
  { icon: Siren, look: 'text-danger' },
];

/** How urgent it is. */
export function PriorityPick({ conversations, change }: PickProps) {
  return (
    <PickList
      label={t('pick.priority')}
      choose={(priority) => change({ do: 'prioritise', priority: Number(priority) })}
      groups={[
        {
          options: PRIORITIES.map((key, priority) => {
            const { icon: Icon, look } = SIGNS[priority]!;
            const on = conversations.every((one) => one.priority === priority);
            return {
              id: String(priority),
              name: t(key),
              icon: <Icon className={`size-icon-s shrink-0 ${look}`} strokeWidth={1.75} aria-hidden />,
              aside: on && <Check className="size-icon-s text-accent" strokeWidth={2} aria-hidden />,
            };
          }),
        },
      ]}
    />
  );
}
