import { CircleHelp } from 'lucide-react';
import { t } from '../../../shared/words';

/** What has no face here: its kind by name, and what came. */
export function Unknown({ kind, raw }: { kind: string; raw: unknown }) {
  return (
    <div className="w-card max-w-full rounded-card border border-line bg-raised p-3 text-dense text-text">
      <p className="flex items-center gap-2">
        <CircleHelp className="size-icon-s shrink-0 text-muted" strokeWidth={1.75} aria-hidden />
        <span className="min-w-0 wrap-anywhere">{t('talk.unknown', { kind })}</span>
      </p>
      <details className="mt-2">
        <summary className="min-h-hit rounded-control text-muted">{t('talk.raw')}</summary>
        <pre tabIndex={0} className="mt-2 max-h-payload overflow-auto font-mono text-meta" dir="ltr">
          {JSON.stringify(raw, null, 2)}
        </pre>
      </details>
    </div>
  );
}
