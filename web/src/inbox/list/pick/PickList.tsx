import { Search } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import {
  Autocomplete,
  Header,
  Input,
  Label,
  Menu,
  MenuItem,
  MenuSection,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { Loading, Skeleton } from '../../../shared/ui/states';
import { t } from '../../../shared/words';
import { closePick } from '../../app/picks';

export interface Option {
  id: string;
  /** What it is found by. */
  name: string;
  icon?: ReactNode;
  /** What is said beside it, quietly. */
  aside?: ReactNode;
  /** How it is read out, where that is more than the name. */
  says?: string;
  disabled?: boolean;
}

export interface Group {
  title?: string;
  options: readonly Option[];
}

interface Props {
  label: string;
  /** What the field asks for; without it there is no field. */
  find?: string;
  /** None at all where they are still being read. */
  groups: readonly Group[];
  choose: (id: string) => void;
  /** What stands in the field to begin with. */
  typed?: string;
  empty?: ReactNode;
}

/** The shape of choices that are still being read. */
function Waiting() {
  return (
    <Loading className="flex flex-col gap-3">
      <Skeleton className="h-4 w-1/2" />
      <Skeleton className="h-4 w-2/3" />
    </Loading>
  );
}

/** A list of choices that is narrowed by typing. */
export function PickList({ label, find, groups, choose, typed = '', empty }: Props) {
  const { contains } = useFilter({ sensitivity: 'base' });
  const shown = groups.filter(({ options }) => options.length > 0);
  const menu = (
    <Menu
      aria-label={label}
      onAction={(id) => choose(String(id))}
      disabledKeys={shown.flatMap(({ options }) => options.filter((one) => one.disabled).map((one) => one.id))}
      shouldCloseOnSelect={false}
      autoFocus={find === undefined ? 'first' : undefined}
      renderEmptyState={() => (
        <div className="p-3 text-dense text-muted">{groups.length === 0 ? <Waiting /> : (empty ?? t('pick.none'))}</div>
      )}
      className={`p-1 outline-hidden ${find === undefined ? 'max-h-payload overflow-y-auto' : ''}`}
    >
      {shown.map(({ title, options }, index) => (
        <MenuSection key={title ?? index} aria-label={title ?? label}>
          {title && <Header className="px-2 pt-2 pb-1 text-meta font-medium text-muted">{title}</Header>}
          {options.map((option) => (
            <MenuItem
              key={option.id}
              id={option.id}
              textValue={option.name}
              aria-label={option.says}
              className="flex min-h-menu items-center gap-2 rounded-control px-2 text-dense outline-hidden touch:min-h-touch data-[disabled]:opacity-40 data-[focused]:bg-hover"
            >
              {option.icon}
              <span className="min-w-0 flex-1 truncate">{option.name}</span>
              {option.aside !== undefined && (
                <span className="shrink-0 text-meta text-muted tabular-nums">{option.aside}</span>
              )}
            </MenuItem>
          ))}
        </MenuSection>
      ))}
    </Menu>
  );
  if (find === undefined) return menu;
  // Where typing leaves the same choices as before, the list points at none of them: Enter takes the first.
  const enter = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') {
      // At once, also where something was typed.
      event.preventDefault();
      event.stopPropagation();
      closePick();
    }
    if (event.key !== 'Enter' || event.currentTarget.querySelector('[role^="menuitem"][data-focused]')) return;
    const text = event.target instanceof HTMLInputElement ? event.target.value : '';
    const first = shown.flatMap(({ options }) => options).find((one) => !one.disabled && contains(one.name, text));
    if (text === '' || !first) return;
    event.preventDefault();
    event.stopPropagation();
    choose(first.id);
  };
  return (
    <div onKeyDownCapture={enter}>
      <Autocomplete filter={contains} defaultInputValue={typed}>
        <SearchField autoFocus className="relative flex items-center border-b border-line">
          <Label className="sr-only">{find}</Label>
          <Search
            className="pointer-events-none absolute start-3 size-icon-s text-muted"
            strokeWidth={1.75}
            aria-hidden
          />
          <Input
            placeholder={find}
            className="min-h-setting w-full min-w-0 bg-transparent ps-8 pe-3 text-dense outline-hidden placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
          />
        </SearchField>
        <div tabIndex={0} className="max-h-payload overflow-y-auto -outline-offset-2!">
          {menu}
        </div>
      </Autocomplete>
    </div>
  );
}
