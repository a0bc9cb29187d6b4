import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Lock, SearchX } from 'lucide-react';
import type { ComponentType } from 'react';
import { Button, IconButton } from '../../shared/ui/Button';
import { Boundary, EmptyState } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { settings } from '../router';
import { Accounts } from './Accounts';
import { AuditLog } from './AuditLog';
import { Keys } from './Keys';
import { Labels } from './Labels';
import { Members } from './Members';
import { Profile } from './Profile';
import { Replies } from './Replies';
import { SavedViews } from './SavedViews';
import { Security } from './Security';
import { Teams } from './Teams';
import { Workspace } from './Workspace';
import { sectionAt, sectionsFor, type Section, type SectionId } from './sections';

const BODIES: Record<SectionId, ComponentType> = {
  profile: Profile,
  security: Security,
  keyboard: Keys,
  views: SavedViews,
  workspace: Workspace,
  accounts: Accounts,
  members: Members,
  teams: Teams,
  labels: Labels,
  replies: Replies,
  audit: AuditLog,
};

/** How the desk is set up, and what is one's own: sections beside the one that is open, or one at a time. */
export function Settings() {
  const { section } = settings.useParams();
  return (
    <div className="flex min-h-0 min-w-0 flex-1 bg-surface">
      <Sections at={section ?? null} />
      <section
        className={`min-h-0 min-w-0 flex-1 overflow-y-auto ${section === undefined ? 'max-desk:hidden' : ''}`}
        // Some sections are to be read only, and long: the keyboard scrolls them.
        tabIndex={0}
        aria-label={t('inbox.settings')}
      >
        <Boundary key={section}>
          <Shown id={section ?? 'profile'} />
        </Boundary>
      </section>
    </div>
  );
}

const GROUPS = ['own', 'desk'] as const;

function Sections({ at }: { at: string | null }) {
  const { role } = useDesk().me;
  const all = sectionsFor(role);
  const Title = at === null ? 'h1' : 'p';
  return (
    <nav
      aria-label={t('settings.sections')}
      className={`flex w-full shrink-0 flex-col gap-4 overflow-y-auto p-3 desk:w-sections desk:border-e desk:border-line ${at === null ? '' : 'max-desk:hidden'}`}
    >
      <Title className="px-2 pt-1 text-page font-semibold">{t('inbox.settings')}</Title>
      {GROUPS.map((group) => {
        const those = all.filter((section) => section.group === group);
        if (those.length === 0) return null;
        return (
          <div key={group} className="flex flex-col gap-1">
            <h2 className="px-2 text-meta font-medium text-muted">{t(`settings.group.${group}`)}</h2>
            <ul>
              {those.map((section) => (
                <li key={section.id}>
                  <SectionLink
                    section={section}
                    current={at === section.id || (at === null && section.id === 'profile')}
                  />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function SectionLink({ section: { id, icon: Icon }, current }: { section: Section; current: boolean }) {
  return (
    <Link
      to="/settings/{-$section}"
      params={{ section: id }}
      aria-current={current ? 'page' : undefined}
      className={`flex min-h-setting items-center gap-3 rounded-control px-2 hover:bg-hover desk:min-h-menu desk:text-dense ${current ? 'desk:bg-accent-quiet desk:font-medium desk:text-accent' : ''}`}
    >
      <Icon className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
      <span className="truncate">{t(`settings.${id}`)}</span>
    </Link>
  );
}

function Shown({ id }: { id: string }) {
  const { role } = useDesk().me;
  const navigate = useNavigate();
  const found = sectionAt(id, role);
  const away = (
    <Button onPress={() => void navigate({ to: '/settings/{-$section}', params: { section: 'profile' } })}>
      {t('settings.toProfile')}
    </Button>
  );
  if (found === 'unknown' || found === 'not_allowed') {
    return (
      <>
        <h1 className="sr-only">{t('inbox.settings')}</h1>
        {found === 'unknown' ? (
          <EmptyState icon={SearchX} title={t('settings.unknown')} action={away} />
        ) : (
          <EmptyState icon={Lock} title={t('settings.notAllowed')} action={away}>
            {t('settings.notAllowedWhy')}
          </EmptyState>
        )}
      </>
    );
  }
  const Body = BODIES[found.id];
  return (
    <div className="mx-auto flex w-full max-w-sheet flex-col gap-6 p-4 desk:p-6">
      <header className="flex items-start gap-2">
        <IconButton
          icon={ArrowLeft}
          label={t('settings.back')}
          onPress={() => void navigate({ to: '/settings/{-$section}', params: { section: undefined } })}
          className="rtl:-scale-x-100 desk:hidden"
        />
        <div className="flex min-w-0 flex-col gap-1">
          <h1 className="text-page font-semibold">{t(`settings.${found.id}`)}</h1>
          <p className="text-dense text-muted">{t(`settings.${found.id}.lead`)}</p>
        </div>
      </header>
      <Body />
    </div>
  );
}
