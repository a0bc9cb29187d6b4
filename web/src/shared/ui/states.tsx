/** What stands where content will be: while it loads, when there is none, when it did not load. */
import { CircleAlert, type LucideIcon } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { reason } from '../api/client';
import { t } from '../words';
import { Button } from './Button';

/** A grey shape of the size of what will be there. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={`block animate-pulse rounded-control bg-bubble ${className}`} />;
}

/** Shapes, announced as loading. */
export function Loading({ children, className = '' }: { children: ReactNode; className?: string }) {
  return (
    <div role="status" className={className}>
      <span className="sr-only">{t('common.loading')}</span>
      {children}
    </div>
  );
}

interface EmptyProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Says what will appear here, and offers the next step. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-2 p-6 text-center">
      <Icon className="size-icon text-muted" strokeWidth={1.75} aria-hidden />
      <p className="font-medium">{title}</p>
      {children && <p className="max-w-card text-dense text-muted">{children}</p>}
      {action}
    </div>
  );
}

/** Says what went wrong, and lets one try again. */
export function ErrorState({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div role="alert">
      <EmptyState
        icon={CircleAlert}
        title={t('error.title')}
        action={<Button onPress={retry}>{t('common.retry')}</Button>}
      >
        {reason(error)}
      </EmptyState>
    </div>
  );
}

/** Keeps a mistake of the page within one part of it. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    const again = <Button onPress={() => this.setState({ error: null })}>{t('error.crashAction')}</Button>;
    return (
      <div role="alert" className="flex flex-1 items-center justify-center">
        <EmptyState icon={CircleAlert} title={t('error.crash')} action={again}>
          {reason(this.state.error)}
        </EmptyState>
      </div>
    );
  }
}
