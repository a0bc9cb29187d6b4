import { useQuery } from '@tanstack/react-query';
import { ChevronDown, X } from 'lucide-react';
import { Button as Pressable, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { IconButton } from '../../shared/ui/Button';
import { POPOVER } from '../../shared/ui/Menu';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { useGo, viewScope } from '../app/go';
import { agents, connections, labels, teams } from '../data/queries';
import { STATUSES, type Filter, type Scope } from '../data/scope';

interface Choice {
  id: string;
  name: string;
}

/** What narrows the list, one button for each; all of it stands in the address. */
export function FilterBar({ scope }: { scope: Scope }) {
  const { me } = useDesk();
  const go = useGo();
  const { data: accounts = [] } = useQuery(connections());
  const { data: tags = [] } = useQuery(labels());
  const { data: groups = [] } = useQuery(teams());
  const { data: people = [] } = useQuery(agents());
  const { view, ...filter } = scope;
  const usual = viewScope(view);
  const changed = Object.entries({ ...filter }).some(([name, value]) => value !== usual[name as keyof Filter]);
  const set = (change: Filter) => go.filter(change);
  const others = people.filter((agent) => agent.active && agent.id !== me.id);
  const everybody = [{ id: me.id, name: t('list.assignee.me') }, ...others];
  return (
    <div role="group" aria-label={t('list.filter')} className="flex shrink-0 flex-wrap items-center gap-1 px-2 pb-2">
      <FilterMenu
        name={t('list.status')}
        any={t('list.status.any')}
        choices={STATUSES.map((status) => ({ id: status, name: t(`list.status.${status}`) }))}
        chosen={scope.status}
        choose={(id) => set({ status: id as Filter['status'] })}
        plain={scope.status === usual.status}
      />
      {accounts.length > 1 && (
        <FilterMenu
          name={t('list.connection')}
          any={t('list.connection.any')}
          choices={accounts.map(({ id, username }) => ({ id, name: username }))}
          chosen={scope.connection}
          choose={(connection) => set({ connection })}
        />
      )}
      {(tags.length > 0 || scope.label) && (
        <FilterMenu
          name={t('list.label')}
          any={t('list.label.any')}
          choices={tags}
          chosen={scope.label}
          choose={(label) => set({ label })}
        />
      )}
      {(groups.length > 0 || scope.team) && (
        <FilterMenu
          name={t('list.team')}
          any={t('list.team.any')}
          choices={groups}
          chosen={scope.team}
          choose={(team) => set({ team })}
        />
      )}
      {view !== 'mine' && view !== 'unassigned' && (
        <FilterMenu
          name={t('list.assignee')}
          any={t('list.assignee.any')}
          choices={everybody}
          chosen={scope.assignee}
          choose={(assignee) => set({ assignee })}
        />
      )}
      {changed && <IconButton icon={X} size="s" label={t('list.noFilter')} onPress={() => go.scope(usual)} />}
    </div>
  );
}

interface Props {
  name: string;
  /** What the choice of nothing is called. */
  any: string;
  choices: readonly Choice[];
  chosen: string | undefined;
  choose: (id: string | undefined) => void;
  /** The choice is the usual one, which is nothing to be told of by colour. */
  plain?: boolean;
}

const ANY = 'any';

function FilterMenu({ name, any, choices, chosen, choose, plain = chosen === undefined }: Props) {
  const shown = chosen === undefined ? null : (choices.find(({ id }) => id === chosen)?.name ?? t('list.unknown'));
  const all = [{ id: ANY, name: any }, ...choices];
  return (
    <MenuTrigger>
      <Pressable
        aria-label={`${name}: ${shown ?? any}`}
        className={`inline-flex min-h-hit max-w-full items-center gap-1 rounded-control border px-2 text-meta touch:min-h-touch ${plain ? 'border-line text-muted data-[hovered]:bg-hover data-[hovered]:text-text' : 'border-accent bg-accent-quiet font-medium text-accent'}`}
      >
        <span className="truncate">{shown ?? (plain ? name : any)}</span>
        <ChevronDown className="size-3 shrink-0" strokeWidth={1.75} aria-hidden />
      </Pressable>
      <Popover className={POPOVER} offset={4} placement="bottom start">
        <Menu
          aria-label={name}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[chosen ?? ANY]}
          onAction={(id) => choose(id === ANY ? undefined : String(id))}
          className="max-h-payload min-w-card overflow-y-auto p-1 outline-hidden"
        >
          {all.map((one) => (
            <MenuItem
              key={one.id}
              id={one.id}
              textValue={one.name}
              className="flex min-h-menu items-center rounded-control px-2 text-dense outline-hidden touch:min-h-touch data-[focused]:bg-hover data-[selected]:font-medium data-[selected]:text-accent"
            >
              <span className="truncate">{one.name}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
