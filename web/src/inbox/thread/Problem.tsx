import { CircleAlert, X } from 'lucide-react';
import { reason } from '../../shared/api/client';
import { IconButton } from '../../shared/ui/Button';
import { t } from '../../shared/words';

/** Why something that was asked for was not done. */
export function Problem({ error, dismiss }: { error: unknown; dismiss: () => void }) {
  if (!error) return null;
  return (
    <div
      role="alert"
      className="flex items-start gap-2 border-t border-line bg-danger-quiet px-4 py-2 text-dense text-danger"
    >
      <CircleAlert className="mt-px size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
      <p className="min-w-0 flex-1">{reason(error)}</p>
      <IconButton icon={X} size="s" label={t('common.close')} onPress={dismiss} />
    </div>
  );
}
