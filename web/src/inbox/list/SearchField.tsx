import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button as Pressable, Input, Label, SearchField as Field } from 'react-aria-components';
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
  return (
    <Field
      value={text}
      onChange={change}
      onClear={() => document.querySelector<HTMLElement>('[data-conversation][tabindex="0"]')?.focus()}
      className="relative mx-2 mb-2 flex shrink-0 items-center"
    >
      <Label className="sr-only">{t('list.search')}</Label>
      <Search className="pointer-events-none absolute start-2 size-icon-s text-muted" strokeWidth={1.75} aria-hidden />
      <Input
        id={SEARCH_FIELD}
        placeholder={t('list.search')}
        className="min-h-menu w-full min-w-0 rounded-control border border-control bg-raised ps-8 pe-8 text-dense placeholder:text-muted touch:min-h-touch [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <Pressable
          aria-label={t('list.clear')}
          className="absolute end-1 flex size-hit items-center justify-center rounded-control text-muted data-[hovered]:text-text"
        >
          <X className="size-icon-s" strokeWidth={1.75} aria-hidden />
        </Pressable>
      )}
    </Field>
  );
}
