import { t } from '../../shared/words';
import { useAllActions, type Action } from '../app/actions';
import { SingleKeys } from './Profile';
import { Part, Row, Rows } from './parts';

const GROUPS: readonly Action['group'][] = ['go', 'list', 'conversation', 'composer', 'view', 'settings'];

/** The keys that act, and whether single ones do. */
export function Keys() {
  const all = useAllActions();
  return (
    <>
      <SingleKeys />
      {GROUPS.map((group) => {
        const those = all.filter((action) => action.group === group && action.keys !== undefined);
        if (those.length === 0) return null;
        return (
          <Part key={group} title={t(`settings.keys.${group}`)}>
            <Rows label={t(`settings.keys.${group}`)}>
              {those.map((action) => (
                <Row key={action.id}>
                  <span className="min-w-0 flex-1">{action.label}</span>
                  <KeyCaps keys={action.keys!} />
                </Row>
              ))}
            </Rows>
          </Part>
        );
      })}
    </>
  );
}

function KeyCaps({ keys }: { keys: string }) {
  return (
    <span dir="ltr" className="flex gap-1">
      {keys.split(/[ +]/).map((key, index) => (
        <kbd
          key={index}
          className="min-w-hit rounded-control border border-line bg-bubble px-1 text-center font-mono text-dense"
        >
          {key === 'mod' ? 'Ctrl' : key}
        </kbd>
      ))}
    </span>
  );
}
