import { PenLine } from 'lucide-react';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { usePresent } from '../app/presence';
import { useThreadDesk } from './context';

/** That a colleague is writing here, before two answers collide. */
export function Typing({ id, me }: { id: string; me: string }) {
  const desk = useThreadDesk();
  const { presence } = useDesk();
  const names = usePresent(presence, id)
    .filter((one) => one.typing && one.agent !== me)
    .map((one) => desk.names.get(one.agent) ?? t('talk.formerAgent'));
  return (
    <p role="status" className="text-dense text-human">
      {names.length > 0 && (
        <span className="flex items-center gap-2 border-t border-line px-4 py-1">
          <PenLine className="size-icon-s shrink-0 animate-pulse" strokeWidth={1.75} aria-hidden />
          {t('talk.colleagueTypes', { count: names.length, names: names.join(', ') })}
        </span>
      )}
    </p>
  );
}
