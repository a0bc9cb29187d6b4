import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { useActions, type Action } from '../app/actions';
import { sectionsFor } from './sections';

/** Offers a way to each section that the role includes, wherever one is. */
export function useSettingsActions() {
  const { role } = useDesk().me;
  const navigate = useNavigate();
  const rows = useMemo<Action[]>(
    () =>
      sectionsFor(role).map(({ id, icon }) => ({
        id: `settings.${id}`,
        label: t('settings.open', { section: t(`settings.${id}`) }),
        group: 'settings',
        icon,
        run: () => void navigate({ to: '/settings/{-$section}', params: { section: id } }),
      })),
    [role, navigate],
  );
  useActions(rows);
}
