import { Label, Radio, RadioGroup } from 'react-aria-components';

interface Props<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
  help?: string;
  isDisabled?: boolean;
}

/** One of a few, side by side. */
export function Choice<T extends string>({ label, options, value, onChange, help, isDisabled = false }: Props<T>) {
  return (
    <RadioGroup
      value={value}
      onChange={(next) => onChange(next as T)}
      isDisabled={isDisabled}
      className="flex flex-col gap-1"
    >
      <Label className="text-meta font-medium text-muted">{label}</Label>
      <div className="flex flex-wrap gap-1">
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            className="flex min-h-menu flex-1 items-center justify-center rounded-control border border-control px-2 text-center text-dense touch:min-h-touch data-[disabled]:opacity-40 data-[focus-visible]:outline-2 data-[hovered]:bg-hover data-[selected]:border-accent data-[selected]:bg-accent-quiet data-[selected]:font-medium data-[selected]:text-accent"
          >
            {option.label}
          </Radio>
        ))}
      </div>
      {help && <p className="text-meta text-muted">{help}</p>}
    </RadioGroup>
  );
}
