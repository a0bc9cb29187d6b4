import type { ReactNode } from 'react';

interface PartProps {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

/** One thing that is known of a person. */
export function Part({ title, action, children }: PartProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <div className="flex min-h-hit items-center gap-2">
        <h3 className="flex-1 text-meta font-medium text-muted">{title}</h3>
        {action}
      </div>
      {children}
    </section>
  );
}
