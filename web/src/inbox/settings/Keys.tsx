import { useState } from 'react';
import { t } from '../../shared/words';
import { KeySigns } from '../app/KeySigns';
import { actions } from '../app/actions';
import { GROUPS } from '../app/palette';
import { SingleKeys } from './Profile';
import { Part, Row, Rows } from './parts';

/** The keys that act, and whether single ones do. */
export function Keys() {
  const [all] = useState(actions.ever);
  return (
    <>
      <SingleKeys />
      {GROUPS.map((group) => {
        const those = all.filter((action) => action.group === group && action.keys !== undefined);
        if (those.length === 0) return null;
        return (
          <Part key={group} title={t(`palette.${group}`)}>
            <Rows label={t(`palette.${group}`)}>
              {those.map((action) => (
                <Row key={action.id}>
                  <span className="min-w-0 flex-1">{action.label}</span>
                  <KeySigns keys={action.keys!} />
                </Row>
              ))}
            </Rows>
          </Part>
        );
      })}
      {!all.some((action) => action.group === 'conversation') && (
        <p className="text-dense text-muted">{t('settings.keys.more')}</p>
      )}
    </>
  );
}
