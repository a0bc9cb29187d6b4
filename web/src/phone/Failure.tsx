import { CircleAlert } from 'lucide-react';
import { reason } from '../shared/api/client';
import { Button } from '../shared/ui/Button';
import { t } from '../shared/words';

/** Says, where it was caused, that an act did not work. */
export function Failure({ error, dismiss }: { error: unknown; dismiss: () => void }) {
  if (error === null || error === undefined) return null;
  return (
    <p role="alert" className="flex items-center gap-2 border-t border-line bg-danger-quiet px-3 py-1 text-dense">
      <CircleAlert className="size-icon-s shrink-0 text-danger" strokeWidth={1.75} aria-hidden />
      <span className="min-w-0 flex-1">{t('action.failed', { reason: reason(error) })}</span>
      <Button look="quiet" onPress={dismiss}>
        {t('action.dismiss')}
      </Button>
    </p>
  );
}
