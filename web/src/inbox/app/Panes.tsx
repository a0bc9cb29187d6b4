import { useLocation } from '@tanstack/react-router';
import { MessagesSquare, PanelLeftOpen } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { IconButton } from '../../shared/ui/Button';
import { Boundary, EmptyState } from '../../shared/ui/states';
import { dir, t } from '../../shared/words';
import type { Scope } from '../data/scope';
import { ListPane } from '../list/ListPane';
import { panes } from '../router';
import { ThreadPane } from '../thread/ThreadPane';
import { Divider } from './Divider';
import { layout, usePanes } from './layout';
import { useIsWide } from './usePerson';

const PersonPane = lazy(async () => ({ default: (await import('../person/PersonPane')).PersonPane }));

/** The list, the thread that was picked, and its person: side by side, or one at a time where there is no room. */
export function Panes() {
  const { view, conversation } = panes.useParams();
  const { q, ...filter } = panes.useSearch();
  const key = JSON.stringify(filter);
  const scope = useMemo<Scope>(() => ({ view, ...(JSON.parse(key) as typeof filter) }), [view, key]);
  const { list, person } = usePanes();
  const wide = useIsWide();
  // Where there is no room for it beside the thread, it comes over it, as a place of its own in the history.
  const over = useLocation({ select: ({ state }) => state.person === true });
  const showPerson = conversation !== undefined && (wide ? !person.folded : over);
  useEffect(() => layout.show(), []);
  return (
    <>
      <div
        className={`min-w-0 flex-1 bg-surface desk:w-list desk:flex-none ${conversation ? 'hidden' : ''} ${list.folded ? 'desk:hidden' : 'desk:block'}`}
      >
        <Boundary>
          <ListPane scope={scope} search={q ?? null} selected={conversation ?? null} />
        </Boundary>
      </div>
      {list.folded ? <Unfold /> : <Divider pane="list" label={t('inbox.width')} grows="end" />}
      {conversation ? (
        <Boundary key={conversation}>
          <div className="relative flex min-w-0 flex-1">
            <div className={`min-w-0 flex-1 ${showPerson && !wide ? 'hidden desk:flex' : 'flex'}`}>
              <ThreadPane id={conversation} />
            </div>
            {showPerson && (
              <>
                {wide && <Divider pane="person" label={t('inbox.personWidth')} grows="start" />}
                <div className="flex min-w-0 flex-1 border-line bg-surface desk:absolute desk:inset-y-0 desk:end-0 desk:z-20 desk:w-person desk:flex-none desk:border-s wide:static wide:z-auto wide:border-s-0">
                  <Suspense fallback={null}>
                    <PersonPane id={conversation} />
                  </Suspense>
                </div>
              </>
            )}
          </div>
        </Boundary>
      ) : (
        <div className="hidden min-w-0 flex-1 items-center justify-center desk:flex">
          <EmptyState icon={MessagesSquare} title={t('inbox.pickOne')}>
            {t('inbox.pickOneWhy')}
          </EmptyState>
        </div>
      )}
    </>
  );
}

/** Brings the list back. */
function Unfold() {
  return (
    <div className="hidden shrink-0 border-e border-line bg-surface p-2 desk:block">
      <IconButton
        icon={PanelLeftOpen}
        size="s"
        label={t('act.list')}
        onPress={() => layout.toggle('list')}
        className={dir() === 'rtl' ? '-scale-x-100' : ''}
      />
    </div>
  );
}
