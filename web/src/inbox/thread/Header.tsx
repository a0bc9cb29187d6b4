import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  AlarmClock,
  ArrowLeft,
  Check,
  Eye,
  Flag,
  Link2,
  Mail,
  MoreHorizontal,
  PanelRight,
  RotateCcw,
  Tag,
  UserPlus,
} from 'lucide-react';
import { useId } from 'react';
import { useNow } from '../../shared/clock';
import { worldTime } from '../../shared/time';
import { Avatar } from '../../shared/ui/Avatar';
import { Button, IconButton } from '../../shared/ui/Button';
import { Menu, type Choice } from '../../shared/ui/Menu';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { LabelChip } from '../app/LabelChip';
import { usePresent } from '../app/presence';
import { usePersonPane } from '../app/usePerson';
import { pick, useConversationActions, type Pick } from '../app/triage';
import type { Schemas } from '../data/api';
import { labels } from '../data/queries';
import { windowLine } from './composer/windowLine';
import { useThreadDesk } from './context';

type Conversation = Schemas['Conversation'];

const COLOURS = {
  open: 'text-open',
  human_agent: 'text-human',
  closed: 'text-closed',
  none: 'text-closed',
} as const;

/** Who it is, whether they may be answered, who has it, where it stands, what can be done, and who else looks at it. */
export function Header({ conversation }: { conversation: Conversation }) {
  const desk = useThreadDesk();
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
        <div className="flex items-center gap-2">
          <h2 className="truncate text-head font-semibold" dir="auto">
            {desk.person}
          </h2>
          <Labels conversation={conversation} />
        </div>
        <Standing conversation={conversation} />
      </div>
      <Viewers id={conversation.id} />
      <Acts conversation={conversation} />
    </header>
  );
}

/** The window, who has it, and where it stands, in one line. */
function Standing({ conversation }: { conversation: Conversation }) {
  const desk = useThreadDesk();
  const now = useNow(1_000);
  const { assignee, team, status, snoozed_until, priority } = conversation;
  const window = windowLine(conversation.person_time ?? null, now);
  const colour = window.ending ? 'text-human' : COLOURS[window.state];
  const has = assignee ?? team;
  const parts = [
    has ? t('talk.assignedTo', { name: desk.names.get(has) ?? t('talk.formerAgent') }) : t('talk.unassigned'),
    status === 'snoozed' && snoozed_until ? t('talk.snoozedUntil', { time: worldTime(snoozed_until) }) : null,
    status === 'resolved' ? t('talk.status.resolved') : null,
    priority > 0 ? t(`talk.priority.${priority as 1 | 2 | 3}`) : null,
  ];
  return (
    <p className="truncate text-meta text-muted">
      <span className={`tabular-nums ${colour}`}>
        {window.word} {window.left}
      </span>
      {parts.flatMap((part) => (part ? [` · ${part}`] : []))}
    </p>
  );
}

function Labels({ conversation }: { conversation: Conversation }) {
  const known = useQuery({ ...labels(), enabled: conversation.labels.length > 0 }).data ?? [];
  const own = conversation.labels.flatMap((id) => known.find((label) => label.id === id) ?? []);
  return (
    <ul className="hidden min-w-0 gap-1 desk:flex" aria-label={t('talk.labels')}>
      {own.map((label) => (
        <li key={label.id} className="min-w-0">
          <LabelChip label={label} />
        </li>
      ))}
    </ul>
  );
}

/** Who else looks at it now. */
function Viewers({ id }: { id: string }) {
  const { me, presence } = useDesk();
  const desk = useThreadDesk();
  const names = usePresent(presence, id)
    .filter(({ agent }) => agent !== me.id)
    .map(({ agent }) => desk.names.get(agent) ?? t('talk.formerAgent'));
  return (
    <p role="status" className="flex min-w-0 shrink items-center gap-1 text-meta text-muted">
      {names.length > 0 && (
        <>
          <Eye className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
          <span className="sr-only truncate desk:not-sr-only">{t('talk.viewing', { names: names.join(', ') })}</span>
        </>
      )}
    </p>
  );
}

/** What is done with the conversation as a whole: with buttons where there is room, and in a menu. */
function Acts({ conversation }: { conversation: Conversation }) {
  const acts = useConversationActions(conversation);
  const person = usePersonPane();
  const bar = useId();
  const done = conversation.status === 'resolved';
  const open = (what: Pick, by?: Element) => {
    const anchor = by ?? document.getElementById(bar);
    if (anchor) pick(what, [conversation], anchor);
  };
  const copy: Choice = {
    id: 'link',
    label: t('talk.copyLink'),
    icon: Link2,
    run: () => void navigator.clipboard?.writeText(location.href),
  };
  const picks: { what: Pick; label: string; icon: typeof Tag }[] = [
    { what: 'assign', label: t('talk.assign'), icon: UserPlus },
    { what: 'label', label: t('talk.setLabels'), icon: Tag },
    { what: 'snooze', label: t('talk.snooze'), icon: AlarmClock },
  ];
  const choices: Choice[] = acts.may
    ? [
        ...picks.map(({ what, label, icon }) => ({ id: what, label, icon, run: () => open(what) })),
        { id: 'priority', label: t('talk.setPriority'), icon: Flag, run: () => open('priority') },
        { id: 'unread', label: t('talk.markUnread'), icon: Mail, run: acts.markUnread },
        copy,
      ]
    : [copy];
  choices.unshift({ id: 'person', label: t('act.person'), icon: PanelRight, run: person.toggle });
  return (
    <div id={bar} className="flex shrink-0 items-center gap-1">
      {acts.may && (
        <>
          <div className="hidden items-center gap-1 desk:flex">
            {picks.map(({ what, label, icon }) => (
              <IconButton key={what} icon={icon} label={label} onPress={({ target }) => open(what, target)} />
            ))}
          </div>
          <Button icon={done ? RotateCcw : Check} onPress={done ? acts.reopen : acts.resolve}>
            <span className="sr-only desk:not-sr-only">{t(done ? 'talk.reopen' : 'talk.resolve')}</span>
          </Button>
        </>
      )}
      <Menu icon={MoreHorizontal} label={t('talk.more')} choices={choices} />
      <div className="hidden desk:block">
        <IconButton
          icon={PanelRight}
          label={t('act.person')}
          aria-expanded={person.shown}
          onPress={person.toggle}
          className="rtl:-scale-x-100"
        />
      </div>
    </div>
  );
}
