import { useEffect, useRef } from 'react';

export interface Option {
  id: string;
  title: string;
  detail: string;
  /** Shown in front, in monospace: what is typed for it. */
  sign: string;
}

interface Props {
  id: string;
  label: string;
  options: readonly Option[];
  active: number;
  empty: string;
  choose: (index: number) => void;
}

/** What is offered above the field; the field keeps the focus and says which one is meant. */
export function Options({ id, label, options, active, empty, choose }: Props) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div className="absolute inset-x-0 bottom-full z-10 mb-1 max-h-payload overflow-y-auto rounded-card border border-line bg-raised p-1">
      {options.length === 0 ? (
        <p role="status" className="px-2 py-2 text-dense text-muted">
          {empty}
        </p>
      ) : (
        <ul ref={list} id={id} role="listbox" aria-label={label}>
          {options.map((option, index) => (
            <li
              key={option.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(index)}
              className={`flex min-h-menu items-baseline gap-3 rounded-control px-2 py-1 text-dense ${index === active ? 'bg-accent-quiet' : 'hover:bg-hover'}`}
            >
              <span className="shrink-0 font-mono text-meta text-accent">{option.sign}</span>
              <span className="shrink-0 font-medium">{option.title}</span>
              <span className="min-w-0 truncate text-muted">{option.detail}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
