import { useQuery } from '@tanstack/react-query';
import { AtSign, CircleCheckBig, Inbox, Plug, Timer, UserRound, UsersRound, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../shared/ui/Button';
import { EmptyState } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { useGo, viewScope } from '../app/go';
import { may } from '../data/may';
import { connections } from '../data/queries';
import { type Scope, type View } from '../data/scope';

const ICONS: Record<View, LucideIcon> = {
  all: CircleCheckBig,
  mine: UserRound,
  unassigned: UsersRound,
  mentions: AtSign,
  ending_soon: Timer,
  failed: CircleCheckBig,
};

/** What will appear in a list that is empty, and the next step. */
export function Empty({ scope }: { scope: Scope }) {
  const { me } = useDesk();
  const go = useGo();
  const { data: accounts } = useQuery(connections());
  const { view, status, ...narrow } = scope;
  const filtered =
    Object.values(narrow).some((value) => value !== undefined) || status === 'snoozed' || status === 'resolved';
  if (filtered) {
    const action = <Button onPress={() => go.scope(viewScope(view))}>{t('list.noFilter')}</Button>;
    return <Shown icon={Inbox} title={t('list.empty.filtered')} why={t('list.empty.filteredWhy')} action={action} />;
  }
  if (accounts?.length === 0) {
    const owner = may(me.role, 'own_business');
    const action = owner && <Button onPress={() => go.settings('accounts')}>{t('list.empty.connectDo')}</Button>;
    const why = owner ? t('list.empty.connectWhy') : t('list.empty.connectAsk');
    return <Shown icon={Plug} title={t('list.empty.connect')} why={why} action={action} />;
  }
  const actions: Partial<Record<View, ReactNode>> = {
    mine: <Button onPress={() => go.scope(viewScope('unassigned'))}>{t('list.empty.mineDo')}</Button>,
    all: <Button onPress={() => go.scope({ view: 'all' })}>{t('list.empty.seeAll')}</Button>,
  };
  return (
    <Shown
      icon={ICONS[view]}
      title={t(`list.empty.${view}`)}
      why={t(`list.empty.${view}Why`, { name: me.name })}
      action={scope.view === 'all' && status === undefined ? null : actions[view]}
    />
  );
}

function Shown({ icon, title, why, action }: { icon: LucideIcon; title: string; why: string; action?: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center overflow-y-auto">
      <EmptyState icon={icon} title={title} action={action}>
        {why}
      </EmptyState>
    </div>
  );
}
