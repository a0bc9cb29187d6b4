import type { ReactNode } from 'react';
import { Switch, type SwitchProps } from 'react-aria-components';

/** Something that is on or off, with its words before it. */
export function Toggle({ children, ...props }: Omit<SwitchProps, 'className' | 'children'> & { children: ReactNode }) {
  return (
    <Switch
      {...props}
      className="group flex min-h-menu items-center justify-between gap-3 text-dense touch:min-h-touch"
    >
      <span className="min-w-0 truncate">{children}</span>
      <span className="flex h-4 w-8 shrink-0 items-center rounded-full border border-control bg-raised p-px transition-colors group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-1 group-data-[focus-visible]:outline-accent group-data-[selected]:justify-end group-data-[selected]:border-accent group-data-[selected]:bg-accent">
        <span className="size-3 rounded-full bg-control group-data-[selected]:bg-on-accent" />
      </span>
    </Switch>
  );
}
