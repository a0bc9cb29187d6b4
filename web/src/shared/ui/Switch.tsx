import { Switch as AriaSwitch, type SwitchProps } from 'react-aria-components';

interface Props extends Omit<SwitchProps, 'className' | 'children'> {
  label: string;
  /** What it means when it is on. */
  help?: string;
}

/** Something that is on or off, at once. */
export function Switch({ label, help, ...props }: Props) {
  return (
    <AriaSwitch
      {...props}
      className="group flex min-h-setting items-center gap-3 rounded-control text-body data-[disabled]:opacity-40"
    >
      <span className="min-w-0 flex-1">
        <span className="block">{label}</span>
        {help && <span className="block text-dense text-muted">{help}</span>}
      </span>
      <span
        aria-hidden
        className="flex h-hit w-switch shrink-0 items-center rounded-full border border-control bg-raised p-px transition-colors group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-accent group-data-[selected]:border-accent group-data-[selected]:bg-accent"
      >
        <span className="size-knob rounded-full bg-control transition-transform group-data-[selected]:translate-x-knob group-data-[selected]:bg-on-accent rtl:group-data-[selected]:-translate-x-knob" />
      </span>
    </AriaSwitch>
  );
}
