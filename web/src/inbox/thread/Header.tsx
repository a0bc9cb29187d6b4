import { Link } from '@tanstack/react-router';
import { ArrowLeft, Eye } from 'lucide-react';
import { useNow } from '../../shared/clock';
import { Avatar } from '../../shared/ui/Avatar';
import { t } from '../../shared/words';
import type { Schemas } from '../data/api';
import { usePresent } from '../app/presence';
import { useDesk } from '../app/Desk';
import { windowLine } from './composer/windowLine';
import { useThreadDesk } from './context';

const COLOURS = {
  open: 'text-open',
  human_agent: 'text-human',
  closed: 'text-closed',
  none: 'text-closed',
} as const;

/** Who it is, whether they may be answered, who has it, where it stands, and who else looks at it. */
export function Header({ conversation }: { conversation: Schemas['Conversation'] }) {
  const desk = useThreadDesk();
  const now = useNow(1_000);
  const window = windowLine(conversation.person_time ?? null, now);
  const colour = window.ending ? 'text-human' : COLOURS[window.state];
  const assignee = conversation.assignee ? desk.agents.get(conversation.assignee) : null;
  return (
    <header className="flex min-h-conversation items-center gap-3 border-b border-line bg-surface px-4 py-2">
      <Link
        to="/$view/{-$conversation}"
        from="/$view/{-$conversation}"
        params={(before) => ({ view: before.view ?? 'all', conversation: undefined })}
        search={true}
        aria-label={t('common.back')}
        className="-ms-2 flex size-touch shrink-0 items-center justify-center rounded-control text-muted hover:bg-hover desk:hidden"
      >
        <ArrowLeft className="size-icon rtl:-scale-x-100" strokeWidth={1.75} aria-hidden />
      </Link>
      <Avatar name={desk.person} picture={conversation.profile.picture} opened={conversation.person_time ?? null} />
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-head font-semibold" dir="auto">
          {desk.person}
        </h2>
        <p className="flex items-center gap-1 truncate text-meta text-muted">
          <span className={`tabular-nums ${colour}`}>
            {window.word}
            {window.left && ` ${window.left}`}
          </span>
          <span aria-hidden>·</span>
          <span className="truncate">{assignee ? t('talk.assignedTo', { name: assignee }) : t('talk.unassigned')}</span>
          {conversation.status !== 'open' && (
            <>
              <span aria-hidden>·</span>
              <span>{t(`talk.status.${conversation.status}`)}</span>
            </>
          )}
        </p>
      </div>
      <Viewers id={conversation.id} />
    </header>
  );
}

/** Who else looks at it now. */
function Viewers({ id }: { id: string }) {
  const { me, presence } = useDesk();
  const desk = useThreadDesk();
  const names = usePresent(presence, id)
    .filter(({ agent }) => agent !== me.id)
    .map(({ agent }) => desk.agents.get(agent) ?? t('talk.formerAgent'));
  return (
    <p role="status" className="flex shrink-0 items-center gap-1 text-meta text-muted">
      {names.length > 0 && (
        <>
          <Eye className="size-icon-s" strokeWidth={1.75} aria-hidden />
          <span className="sr-only desk:not-sr-only">{t('talk.viewing', { names: names.join(', ') })}</span>
        </>
      )}
    </p>
  );
}
