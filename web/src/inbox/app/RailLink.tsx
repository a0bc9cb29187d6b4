import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Link, Tooltip, TooltipTrigger, type ButtonProps } from 'react-aria-components';
import { dir, t } from '../../shared/words';
import { KeySigns } from './KeySigns';
import { figure } from './figure';

const BOX =
  'relative size-setting flex-col items-center justify-center gap-px rounded-control text-muted transition-colors data-[hovered]:bg-hover data-[hovered]:text-text touch:size-touch';

interface Sign {
  icon: LucideIcon;
  label: string;
  keys?: string;
}

function Tip({ label, keys }: Omit<Sign, 'icon'>) {
  return (
    <Tooltip
      offset={4}
      placement={dir() === 'rtl' ? 'left' : 'right'}
      className="flex items-center gap-2 rounded-control bg-text px-2 py-1 text-meta text-surface"
    >
      {label}
      {keys && <KeySigns keys={keys} quiet />}
    </Tooltip>
  );
}

interface LinkProps extends Sign {
  href: string;
  current: boolean;
  count?: number | undefined;
  /** What is counted is a trouble. */
  alarm?: boolean;
  className?: string;
}

/** A place of the rail, with how many there are. */
export function RailLink({ icon: Icon, label, keys, href, current, count = 0, alarm = false, className }: LinkProps) {
  const name = count > 0 ? t('view.counted', { view: label, figure: figure(count) }) : label;
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      <Link
        href={href}
        aria-label={name}
        aria-current={current ? 'page' : undefined}
        className={`${BOX} ${current ? 'bg-accent-quiet text-accent' : ''} ${className || 'flex'}`}
      >
        <Icon className="size-icon" strokeWidth={1.75} aria-hidden />
        {count > 0 && <Badge alarm={alarm}>{figure(count)}</Badge>}
      </Link>
      <Tip label={label} keys={keys} />
    </TooltipTrigger>
  );
}

/** How many there are, below the sign. */
function Badge({ alarm, children }: { alarm: boolean; children: ReactNode }) {
  return (
    <span aria-hidden className={`text-meta leading-none font-medium tabular-nums ${alarm ? 'text-danger' : ''}`}>
      {children}
    </span>
  );
}

interface PressProps extends Sign, Omit<ButtonProps, 'children' | 'className'> {
  className?: string;
}

/** Something that the rail does. */
export function RailButton({ icon: Icon, label, keys, className, ...props }: PressProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      <Button {...props} aria-label={label} className={`${BOX} ${className || 'flex'}`}>
        <Icon className="size-icon" strokeWidth={1.75} aria-hidden />
      </Button>
      <Tip label={label} keys={keys} />
    </TooltipTrigger>
  );
}
