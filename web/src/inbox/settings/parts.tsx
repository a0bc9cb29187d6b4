/** What the sections are made of. */
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { Check, ChevronDown, CircleAlert } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { reason } from '../../shared/api/client';
import { Button } from '../../shared/ui/Button';
import { ErrorState, Loading, Skeleton } from '../../shared/ui/states';
import { t } from '../../shared/words';

/** Things that belong together, under a headline. */
export function Part({ title, help, children }: { title: string; help?: string | undefined; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div>
        <h2 id={id} className="text-body font-semibold">
          {title}
        </h2>
        {help && <p className="text-dense text-muted">{help}</p>}
      </div>
      {children}
    </section>
  );
}

/** A list with a line between its rows. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
      {children}
    </ul>
  );
}

/** A row that tells something. */
export function Row({ children }: { children: ReactNode }) {
  return <li className="flex min-h-setting flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1">{children}</li>;
}

interface FoldProps {
  /** What it is, in one line. */
  summary: ReactNode;
  open: boolean;
  toggle: () => void;
  children: ReactNode;
}

/** A row that opens into a form. */
export function Fold({ summary, open, toggle, children }: FoldProps) {
  const id = useId();
  return (
    <li>
      <Pressable
        onPress={toggle}
        aria-expanded={open}
        {...(open ? { 'aria-controls': id } : {})}
        className="flex min-h-setting w-full items-center gap-3 px-3 py-1 text-start data-[focus-visible]:-outline-offset-2 data-[hovered]:bg-hover"
      >
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">{summary}</span>
        <ChevronDown
          className={`size-icon-s shrink-0 text-muted transition-transform ${open ? 'rotate-180' : ''}`}
          strokeWidth={1.75}
          aria-hidden
        />
      </Pressable>
      {open && (
        <div id={id} className="flex flex-col gap-4 border-t border-line bg-surface p-3">
          {children}
        </div>
      )}
    </li>
  );
}

type Loaded<T> = Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;

/** What a query found; until then rows of its shape, and where it found nothing out, why. */
export function Found<T>({ query, children }: { query: Loaded<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return (
    <Loading className="flex flex-col gap-px overflow-hidden rounded-card border border-line">
      {[1, 2, 3].map((row) => (
        <span key={row} className="flex h-setting items-center gap-3 px-3">
          <Skeleton className="h-3 w-1/4" />
          <Skeleton className="h-3 w-1/3" />
        </span>
      ))}
    </Loading>
  );
}

type Done = Pick<UseMutationResult<unknown, Error, never>, 'isPending' | 'isSuccess' | 'error'>;

/** What came of a change, where it was made. */
export function Outcome({ of, saved = t('common.saved') }: { of: Done; saved?: string }) {
  return (
    <>
      <span role="status" className="inline-flex items-center gap-1 text-dense text-muted">
        {of.isPending && t('settings.saving')}
        {of.isSuccess && (
          <>
            <Check className="size-icon-s text-open" strokeWidth={1.75} aria-hidden />
            {saved}
          </>
        )}
      </span>
      {of.error && <Trouble>{reason(of.error)}</Trouble>}
    </>
  );
}

/** Something that is wrong, where it is. */
export function Trouble({ children }: { children: ReactNode }) {
  return (
    <span role="alert" className="inline-flex min-w-0 items-start gap-1 text-dense text-danger">
      <CircleAlert className="mt-px size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </span>
  );
}

interface SureProps {
  /** What the button says. */
  label: string;
  /** What will be gone, as a question. */
  question: string;
  run: () => void;
  of: Done;
}

/** Something that cannot be taken back: asks once more, in its place. */
export function Sure({ label, question, run, of }: SureProps) {
  const [asked, setAsked] = useState<boolean | null>(null);
  if (!asked) {
    return (
      <Button look="danger" autoFocus={asked === false} onPress={() => setAsked(true)}>
        {label}
      </Button>
    );
  }
  return (
    <span role="group" aria-label={question} className="flex flex-wrap items-center gap-2 text-dense">
      <span>{question}</span>
      <Button look="danger" isPending={of.isPending} onPress={run}>
        {label}
      </Button>
      <Button look="quiet" autoFocus onPress={() => setAsked(false)}>
        {t('common.cancel')}
      </Button>
      {of.error && <Trouble>{reason(of.error)}</Trouble>}
    </span>
  );
}

/** What ends a form: the button, and what came of it. */
export function Submit({ label, of, isDisabled = false }: { label: string; of: Done; isDisabled?: boolean }) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button look="primary" type="submit" isPending={of.isPending} isDisabled={isDisabled}>
        {label}
      </Button>
      <Outcome of={of} />
    </div>
  );
}
