import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../../shared/words';
import { useGo } from '../app/go';

/** How long the typing rests before words are searched for, in milliseconds. */
const REST = 120;

export const SEARCH_FIELD = 'list-search';

/** Finds people and messages; what is searched for stands in the address. */
export function SearchField({ search }: { search: string | null }) {
  const go = useGo();
  const [text, setText] = useState(search ?? '');
  const [shown, setShown] = useState(search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (shown !== search) {
    setShown(search);
    // The address is another's doing, or that of a while ago: what is typed now stays.
    if (search === null || search !== text.trim()) setText(search ?? '');
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go.search(next.trim()), next.trim() === '' ? 0 : REST);
  };
  /** To the list, or where there is none yet, to the page: keys act again. */
  const leave = (field: HTMLElement) => {
    field.blur();
    document.querySelector<HTMLElement>('[data-conversation][tabindex="0"]')?.focus();
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      change('');
      leave(event.currentTarget);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('[data-found] [role="option"], [data-conversation][tabindex="0"]')?.focus();
    }
  };
  return (
    <div role="search" className="relative mx-2 mb-2 flex shrink-0 items-center">
      <Search className="pointer-events-none absolute start-2 size-icon-s text-muted" strokeWidth={1.75} aria-hidden />
      <input
        id={SEARCH_FIELD}
        type="search"
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={press}
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        autoComplete="off"
        className="min-h-menu w-full min-w-0 rounded-control border border-control bg-raised ps-8 pe-8 text-dense placeholder:text-muted touch:min-h-touch [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={t('list.clear')}
          onClick={() => {
            change('');
            document.getElementById(SEARCH_FIELD)?.focus();
          }}
          className="absolute end-1 flex size-hit items-center justify-center rounded-control text-muted hover:text-text"
        >
          <X className="size-icon-s" strokeWidth={1.75} aria-hidden />
        </button>
      )}
    </div>
  );
}
