import { WifiOff } from 'lucide-react';
import { useLive } from '../../shared/live';
import { clockTime } from '../../shared/time';
import { t } from '../../shared/words';
import { useDesk } from './Desk';

/** Since when nothing new arrives, and what still works. */
export function LostBar() {
  const { lostAt } = useLive(useDesk().live);
  if (lostAt === null) return null;
  return (
    <p
      role="status"
      className="flex items-center gap-2 border-b border-line bg-danger-quiet px-3 py-1 text-dense text-danger"
    >
      <WifiOff className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
      {t('inbox.lost', { time: clockTime(lostAt) })}
    </p>
  );
}
