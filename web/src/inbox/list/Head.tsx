import { useQuery } from '@tanstack/react-query';
import { PanelLeftClose, Trash2 } from 'lucide-react';
import { dir, t } from '../../shared/words';
import { IconButton } from '../../shared/ui/Button';
import { useDesk } from '../app/Desk';
import { layout } from '../app/layout';
import { may } from '../data/may';
import { views } from '../data/queries';
import { writeScope, type Scope } from '../data/scope';
import { SaveView } from './SaveView';
import { useRemoveView } from './useViews';

/** Which list it is, and what can be done with it as a whole. */
export function Head({ scope }: { scope: Scope }) {
  const { me } = useDesk();
  const { data: saved = [] } = useQuery(views());
  const remove = useRemoveView();
  const query = writeScope(scope);
  const kept = saved.find((view) => view.query === query);
  const removable = kept && (kept.agent === me.id || may(me.role, 'arrange'));
  return (
    <header className="flex min-h-bar shrink-0 items-center gap-1 ps-4 pe-2">
      <h1 className="min-w-0 flex-1 truncate text-head font-semibold">{kept?.name ?? t(`view.${scope.view}`)}</h1>
      {removable ? (
        <IconButton icon={Trash2} size="s" label={t('view.delete', { name: kept.name })} onPress={() => remove(kept)} />
      ) : (
        <SaveView query={query} />
      )}
      <IconButton
        icon={PanelLeftClose}
        size="s"
        label={t('act.list')}
        onPress={() => layout.toggle('list')}
        className={`hidden! desk:inline-flex! ${dir() === 'rtl' ? '-scale-x-100' : ''}`}
      />
    </header>
  );
}
