import { useQuery } from '@tanstack/react-query';
import { Bookmark } from 'lucide-react';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { POPOVER } from '../../shared/ui/Menu';
import { t } from '../../shared/words';
import { useDesk } from './Desk';
import { RailButton } from './RailLink';
import { useGo } from './go';
import { views } from '../data/queries';
import { readScope } from '../data/scope';

const ITEM =
  'flex min-h-menu items-center rounded-control px-2 text-dense outline-hidden touch:min-h-touch data-[focused]:bg-hover';

/** Views that were kept under a name: one's own, and everybody's. */
export function SavedViews({ className }: { className: string }) {
  const { me } = useDesk();
  const go = useGo();
  const { data: all = [] } = useQuery(views());
  const groups = [
    { title: t('view.own'), items: all.filter((view) => view.agent === me.id) },
    { title: t('view.shared'), items: all.filter((view) => !view.agent) },
  ].filter(({ items }) => items.length > 0);
  const choose = (id: string) => {
    const view = all.find((one) => one.id === id);
    if (view) go.scope(readScope(view.query));
  };
  return (
    <MenuTrigger>
      <RailButton icon={Bookmark} label={t('view.saved')} className={className} />
      <Popover className={POPOVER} offset={4} placement="end top">
        <Menu
          aria-label={t('view.saved')}
          onAction={(id) => choose(String(id))}
          renderEmptyState={() => <p className="w-panel p-3 text-dense text-muted">{t('view.noneSaved')}</p>}
          className="max-h-payload min-w-card overflow-y-auto p-1 outline-hidden"
        >
          {groups.map(({ title, items }) => (
            <MenuSection key={title}>
              <Header className="px-2 pt-1 pb-1 text-meta font-medium text-muted">{title}</Header>
              {items.map((view) => (
                <MenuItem key={view.id} id={view.id} textValue={view.name} className={ITEM}>
                  <span className="truncate">{view.name}</span>
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
