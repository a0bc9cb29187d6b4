import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as Pressable, Tooltip, TooltipTrigger, type ButtonProps } from 'react-aria-components';

const BASE =
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-control transition-colors disabled:opacity-40 data-[disabled]:opacity-40';

const LOOKS = {
  primary:
    'bg-accent text-on-accent font-medium px-3 min-h-menu touch:min-h-touch data-[hovered]:opacity-90 data-[pressed]:opacity-80',
  plain:
    'border border-control text-text px-3 min-h-menu touch:min-h-touch data-[hovered]:bg-hover data-[pressed]:bg-bubble',
  quiet: 'text-muted px-2 min-h-hit touch:min-h-touch data-[hovered]:bg-hover data-[hovered]:text-text',
  link: 'text-accent font-medium px-1 min-h-hit data-[hovered]:underline underline-offset-2',
  danger: 'text-danger font-medium px-1 min-h-hit data-[hovered]:underline underline-offset-2',
} as const;

interface Props extends Omit<ButtonProps, 'className' | 'children'> {
  look?: keyof typeof LOOKS;
  icon?: LucideIcon;
  className?: string;
  children?: ReactNode;
}

/** A button that says in words what it does. While that is on its way it keeps the focus, and does nothing more. */
export function Button({
  look = 'plain',
  icon: Icon,
  className = '',
  isPending = false,
  onPress,
  type = 'button',
  children,
  ...props
}: Props) {
  return (
    <Pressable
      {...props}
      {...(isPending ? { type: 'button' } : { type, ...(onPress ? { onPress } : {}) })}
      className={`${BASE} text-dense ${LOOKS[look]} ${isPending ? 'opacity-40' : ''} ${className}`}
    >
      {Icon && <Icon className="size-icon-s" strokeWidth={1.75} aria-hidden />}
      {children}
    </Pressable>
  );
}

interface IconProps extends Omit<ButtonProps, 'className' | 'children'> {
  icon: LucideIcon;
  /** What it does; read out, and shown on hover and focus. */
  label: string;
  look?: 'quiet' | 'filled' | 'story';
  size?: 's' | 'm';
  className?: string;
}

const ICON_LOOKS = {
  quiet: 'text-muted data-[hovered]:bg-hover data-[hovered]:text-text data-[pressed]:bg-bubble',
  filled: 'bg-accent text-on-accent data-[hovered]:opacity-90 data-[pressed]:opacity-80',
  story: 'text-on-story data-[hovered]:opacity-80',
} as const;

/** A button that shows an icon only. */
export function IconButton({ icon: Icon, label, look = 'quiet', size = 'm', className = '', ...props }: IconProps) {
  const box = size === 's' ? 'size-hit touch:size-touch' : 'size-menu touch:size-touch';
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <Pressable {...props} aria-label={label} className={`${BASE} ${box} ${ICON_LOOKS[look]} ${className}`}>
        <Icon className={size === 's' ? 'size-icon-s' : 'size-icon'} strokeWidth={1.75} aria-hidden />
      </Pressable>
      <Tooltip offset={4} className="rounded-control bg-text px-2 py-1 text-meta text-surface">
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
