import { Label, Radio, RadioGroup } from 'react-aria-components';
import { t } from '../../shared/words';
import type { Schemas } from '../data/api';

type Assignment = Schemas['Assignment'];

export const ASSIGNMENTS: readonly Assignment[] = ['manual', 'round_robin', 'balanced'];

interface Props {
  value: Assignment;
  onChange: (value: Assignment) => void;
}

/** How conversations that nobody has get somebody, each way with what it does. */
export function AssignmentChoice({ value, onChange }: Props) {
  return (
    <RadioGroup
      value={value}
      onChange={(next) => onChange(next as Assignment)}
      className="overflow-hidden rounded-card border border-line bg-raised"
    >
      <Label className="sr-only">{t('settings.assignment')}</Label>
      {ASSIGNMENTS.map((one) => (
        <Radio
          key={one}
          value={one}
          className="group flex min-h-setting items-center gap-3 border-b border-line px-3 py-2 last:border-b-0 data-[hovered]:bg-hover"
        >
          <span
            aria-hidden
            className="flex size-icon-s shrink-0 items-center justify-center rounded-full border border-control group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-accent group-data-[selected]:border-accent"
          >
            <span className="size-dot rounded-full group-data-[selected]:bg-accent" />
          </span>
          <span className="min-w-0">
            <span className="block font-medium">{t(`assignment.${one}`)}</span>
            <span className="block text-dense text-muted">{t(`assignment.${one}.what`)}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
