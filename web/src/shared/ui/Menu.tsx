import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { IconButton } from './Button';

export interface Choice {
  id: string;
  label: string;
  icon?: LucideIcon;
  danger?: boolean;
  run: () => void;
}

export const POPOVER = 'rounded-card border border-line bg-raised text-text outline-hidden';

/** The entries of a menu. */
export function MenuList({ label, choices }: { label: string; choices: readonly Choice[] }) {
  return (
    <AriaMenu
      aria-label={label}
      className="min-w-card p-1 outline-hidden"
      onAction={(id) => choices.find((it) => it.id === id)?.run()}
    >
      {choices.map(({ id, label: text, icon: Icon, danger }) => (
        <MenuItem
          key={id}
          id={id}
          textValue={text}
          className={`flex min-h-menu items-center gap-3 rounded-control px-2 text-dense outline-hidden touch:min-h-touch data-[focused]:bg-hover ${danger ? 'text-danger' : ''}`}
        >
          {Icon && <Icon className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />}
          <span className="truncate">{text}</span>
        </MenuItem>
      ))}
    </AriaMenu>
  );
}

interface Props {
  icon: LucideIcon;
  label: string;
  choices: readonly Choice[];
  size?: 's' | 'm';
  className?: string;
  isDisabled?: boolean;
  children?: ReactNode;
}

/** A button that opens a menu. */
export function Menu({ icon, label, choices, size = 'm', className, isDisabled }: Props) {
  return (
    <MenuTrigger>
      <IconButton icon={icon} label={label} size={size} className={className ?? ''} isDisabled={isDisabled ?? false} />
      <Popover className={POPOVER} offset={4}>
        <MenuList label={label} choices={choices} />
      </Popover>
    </MenuTrigger>
  );
}
