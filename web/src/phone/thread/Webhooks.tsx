import { useQuery } from '@tanstack/react-query';
import { Copy, Webhook, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../shared/ui/Button';
import { ErrorState, Loading, Skeleton } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { webhooks } from '../data/queries';

const STATES = {
  pending: ['webhooks.pending', 'text-muted'],
  delivered: ['webhooks.delivered', 'text-open'],
  dropped: ['webhooks.dropped', 'text-danger'],
} as const;

/** A body as it is posted, broken into lines. */
export function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** The webhooks that a message caused, under it. */
export function Webhooks({ message, close }: { message: string; close: () => void }) {
  const { data, error, refetch } = useQuery(webhooks(message));
  return (
    <section
      aria-label={t('webhooks.title')}
      className="mt-1 flex w-full flex-col gap-2 self-stretch rounded-card border border-line bg-paper p-2 text-start text-dense"
    >
      <header className="flex items-center gap-2">
        <Webhook className="size-icon-s shrink-0 text-muted" strokeWidth={1.75} aria-hidden />
        <h3 className="flex-1 font-medium">{t('webhooks.title')}</h3>
        <IconButton icon={X} size="s" label={t('webhooks.hide')} onPress={close} />
      </header>
      {!data && error && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && (
        <Loading>
          <Skeleton className="h-12 w-full" />
        </Loading>
      )}
      {data?.length === 0 && (
        <div>
          <p>{t('webhooks.none')}</p>
          <p className="text-muted">{t('webhooks.noneWhy')}</p>
        </div>
      )}
      {data?.map((delivery) => (
        <Delivery key={delivery.id} delivery={delivery} />
      ))}
    </section>
  );
}

interface DeliveryProps {
  delivery: { id: string; field: string; state: string; attempts: readonly unknown[]; request: { body: string } };
}

function Delivery({ delivery }: DeliveryProps) {
  const [copied, setCopied] = useState(false);
  const [words, colour] = STATES[delivery.state as keyof typeof STATES] ?? STATES.pending;
  const body = pretty(delivery.request.body);
  const copy = () => void navigator.clipboard?.writeText(body).then(() => setCopied(true));
  return (
    <div className="flex flex-col gap-1">
      <p className="flex items-center gap-2">
        <span className="font-mono text-meta font-medium">{delivery.field}</span>
        <span className={`text-meta font-medium ${colour}`}>{t(words)}</span>
        <span className="flex-1 text-meta text-muted tabular-nums">
          {t('webhooks.attempts', { count: delivery.attempts.length })}
        </span>
        <Button look="quiet" icon={Copy} onPress={copy}>
          {copied ? t('common.copied') : t('common.copy')}
        </Button>
      </p>
      <pre
        tabIndex={0}
        aria-label={t('webhooks.payload', { id: delivery.id })}
        dir="ltr"
        className="max-h-payload overflow-auto rounded-control border border-line bg-raised p-2 font-mono text-meta"
      >
        {body}
      </pre>
    </div>
  );
}
