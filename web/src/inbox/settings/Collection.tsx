import type { UseQueryResult } from '@tanstack/react-query';
import { Plus, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../shared/ui/Button';
import { EmptyState } from '../../shared/ui/states';
import { Fold, Found, Rows } from './parts';

interface Props<Item extends { id: string }> {
  query: UseQueryResult<Item[]>;
  /** What they are called together. */
  label: string;
  /** What stands there while there are none. */
  none: { icon: LucideIcon; title: string; why: string };
  /** What the button says that makes one more. */
  add: string;
  summary: (item: Item) => ReactNode;
  /** What is below an item that is unfolded. */
  children: (item: Item) => ReactNode;
  /** The form of a new one; it tells what it made, or that nothing is to be made. */
  form: (done: (made: Item | null) => void) => ReactNode;
  /** Unfolds what was made, for there is more to be said of it. */
  unfolds?: boolean;
}

/** Things of one kind that can be made, changed and taken away, each folded to a line. */
export function Collection<Item extends { id: string }>(props: Props<Item>) {
  const { query, label, none, add, summary, children, form, unfolds = false } = props;
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const more = (
    <Button icon={Plus} onPress={() => setAdding(true)}>
      {add}
    </Button>
  );
  const done = (made: Item | null) => {
    setAdding(false);
    if (made && unfolds) setOpen(made.id);
  };
  return (
    <Found query={query}>
      {(all) => (
        <>
          {all.length > 0 && (
            <Rows label={label}>
              {all.map((item) => (
                <Fold
                  key={item.id}
                  open={open === item.id}
                  toggle={() => setOpen(open === item.id ? null : item.id)}
                  summary={summary(item)}
                >
                  {children(item)}
                </Fold>
              ))}
            </Rows>
          )}
          {all.length === 0 && !adding && (
            <EmptyState icon={none.icon} title={none.title} action={more}>
              {none.why}
            </EmptyState>
          )}
          {adding && <div className="rounded-card border border-line bg-raised p-3">{form(done)}</div>}
          {!adding && all.length > 0 && <div>{more}</div>}
        </>
      )}
    </Found>
  );
}
