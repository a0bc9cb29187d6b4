import { ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { POPOVER } from './Menu';

interface Props<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
  isDisabled?: boolean;
}

/** One of several, from a list that opens. */
export function Select<T extends string>({ label, options, value, onChange, isDisabled = false }: Props<T>) {
  return (
    <AriaSelect
      value={value}
      onChange={(key) => onChange(key as T)}
      isDisabled={isDisabled}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className="text-meta font-medium text-muted">{label}</Label>
      <Button className="flex min-h-menu items-center gap-2 rounded-control border border-control bg-raised px-2 text-start text-body touch:min-h-touch data-[disabled]:opacity-40 data-[hovered]:bg-hover">
        <SelectValue className="min-w-0 flex-1 truncate" />
        <ChevronDown className="size-icon-s shrink-0 text-muted" strokeWidth={1.75} aria-hidden />
      </Button>
      <Popover className={`${POPOVER} min-w-(--trigger-width)`} offset={4}>
        <ListBox items={options} className="p-1 outline-hidden">
          {(option) => (
            <ListBoxItem
              id={option.value}
              textValue={option.label}
              className="flex min-h-menu items-center rounded-control px-2 text-dense outline-hidden touch:min-h-touch data-[focused]:bg-hover data-[selected]:font-medium data-[selected]:text-accent"
            >
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
