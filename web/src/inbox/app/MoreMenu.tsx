import { useQuery } from '@tanstack/react-query';
import { Bookmark, Ellipsis, MessageCircleMore, Settings } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { MenuList, POPOVER, type Choice } from '../../shared/ui/Menu';
import { t } from '../../shared/words';
import type { Schemas } from '../data/api';
import { views } from '../data/queries';
import { readScope, type View } from '../data/scope';
import { MeShape } from './MeShape';
import { later } from './later';
import { VIEW_ICONS } from './Rail';
import { RailButton } from './RailLink';
import { figure } from './figure';
import { viewScope, type useGo } from './go';

const MePanel = lazy(async () => ({ default: (await later.me()).MePanel }));

/** Views that have no place of their own in a bar. */
const REST: readonly View[] = ['mentions', 'failed'];

interface Props {
  className: string;
  go: ReturnType<typeof useGo>;
  counts: Schemas['ViewCounts'] | undefined;
}

/** What has no room in the bar at the bottom. */
export function MoreMenu({ className, go, counts }: Props) {
  const [open, setOpen] = useState(false);
  const { data: saved = [] } = useQuery(views());
  const named = (view: View) => {
    const count = counts?.[view] ?? 0;
    const name = t(`view.${view}`);
    return count > 0 ? t('view.counted', { view: name, figure: figure(count) }) : name;
  };
  const choices: Choice[] = [
    ...REST.map((view) => ({
      id: view,
      label: named(view),
      icon: VIEW_ICONS[view],
      run: () => go.scope(viewScope(view)),
    })),
    ...saved.map((view) => ({
      id: view.id,
      label: view.name,
      icon: Bookmark,
      run: () => go.scope(readScope(view.query)),
    })),
    { id: 'comments', label: t('inbox.comments'), icon: MessageCircleMore, run: go.comments },
    { id: 'settings', label: t('inbox.settings'), icon: Settings, run: () => go.settings() },
  ];
  const closing = choices.map((choice) => ({
    ...choice,
    run: () => {
      setOpen(false);
      choice.run();
    },
  }));
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <RailButton icon={Ellipsis} label={t('inbox.more')} className={className} />
      <Popover className={POPOVER} offset={4} placement="top end">
        <Dialog aria-label={t('inbox.more')} className="w-panel overflow-y-auto outline-hidden">
          <MenuList label={t('inbox.more')} choices={closing} />
          <div className="border-t border-line">
            <Suspense fallback={<MeShape />}>
              <MePanel />
            </Suspense>
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
