import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import {
  AtSign,
  Inbox,
  MessageCircleMore,
  Search,
  Settings,
  Timer,
  TriangleAlert,
  UserRound,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import { useMemo } from 'react';
import { t } from '../../shared/words';
import { VIEWS, type View } from '../data/scope';
import { counts } from '../list/queries';
import { Me } from './Me';
import { MoreMenu } from './MoreMenu';
import { RailButton, RailLink } from './RailLink';
import { SavedViews } from './SavedViews';
import { useActions, type Action } from './actions';
import { useAddress, useGo, viewScope } from './go';
import { openPalette } from './palettes';

export const VIEW_ICONS: Record<View, LucideIcon> = {
  all: Inbox,
  mine: UserRound,
  unassigned: UsersRound,
  mentions: AtSign,
  ending_soon: Timer,
  failed: TriangleAlert,
};

/** The second key behind `g` for each view. */
const KEYS: Record<View, string> = {
  all: 'a',
  mine: 'm',
  unassigned: 'u',
  mentions: '@',
  ending_soon: 'e',
  failed: 'f',
};

/** Views that have a place of their own where the rail is a bar at the bottom. */
const FIRST: readonly View[] = ['all', 'mine', 'unassigned', 'ending_soon'];

/** Views, comments, settings, oneself: beside the panes, or below them where there is little room. */
export function Rail() {
  const go = useGo();
  const address = useAddress();
  const { data } = useQuery(counts());
  const place = useLocation({ select: ({ pathname }) => pathname });
  const [, first = '', second] = place.split('/');
  useGoActions();
  return (
    <nav
      aria-label={t('inbox.rail')}
      className={`shrink-0 border-line bg-paper desk:flex desk:w-rail desk:flex-col desk:items-center desk:gap-1 desk:border-e desk:py-2 ${second && isList(first) ? 'hidden' : 'flex justify-around border-t'}`}
    >
      {VIEWS.map((view) => (
        <RailLink
          key={view}
          icon={VIEW_ICONS[view]}
          label={t(`view.${view}`)}
          keys={`g ${KEYS[view]}`}
          count={data?.views[view]}
          alarm={view === 'failed'}
          href={address.scope(viewScope(view))}
          current={first === view}
          className={FIRST.includes(view) ? '' : 'hidden desk:flex'}
        />
      ))}
      <SavedViews className="hidden desk:flex" />
      <span aria-hidden className="my-1 hidden h-px w-6 bg-line desk:block" />
      <RailLink
        icon={MessageCircleMore}
        label={t('inbox.comments')}
        keys="g c"
        href={address.comments()}
        current={first === 'comments'}
        className="hidden desk:flex"
      />
      <RailButton icon={Search} label={t('inbox.search')} keys="mod+k" onPress={() => openPalette('all')} />
      <span className="hidden desk:block desk:flex-1" />
      <RailLink
        icon={Settings}
        label={t('inbox.settings')}
        keys="g s"
        href={address.settings()}
        current={first === 'settings'}
        className="hidden desk:flex"
      />
      <MoreMenu className="flex desk:hidden" go={go} counts={data?.views} />
      <Me className="hidden desk:flex" />
    </nav>
  );
}

const isList = (first: string) => (VIEWS as readonly string[]).includes(first);

/** Going to a view, the comments, the settings: by keys and from the palette. */
function useGoActions() {
  const go = useGo();
  useActions(
    useMemo<Action[]>(
      () => [
        ...VIEWS.map((view) => ({
          id: `go.${view}`,
          label: t('palette.goTo', { where: t(`view.${view}`) }),
          group: 'go' as const,
          icon: VIEW_ICONS[view],
          keys: `g ${KEYS[view]}`,
          run: () => go.scope(viewScope(view)),
        })),
        {
          id: 'go.comments',
          label: t('palette.goTo', { where: t('inbox.comments') }),
          group: 'go',
          icon: MessageCircleMore,
          keys: 'g c',
          run: go.comments,
        },
        {
          id: 'go.settings',
          label: t('palette.goTo', { where: t('inbox.settings') }),
          group: 'go',
          icon: Settings,
          keys: 'g s',
          run: () => go.settings(),
        },
      ],
      [go],
    ),
  );
}
