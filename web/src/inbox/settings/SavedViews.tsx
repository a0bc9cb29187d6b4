import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ListFilter } from 'lucide-react';
import { EmptyState } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { answer, api, type Schemas } from '../data/api';
import { may } from '../data/may';
import { views } from '../data/queries';
import { readScope } from '../data/scope';
import { Found, Row, Rows, Sure } from './parts';

type View = Schemas['SavedView'];

/** Views that were kept: one's own, and everybody's. */
export function SavedViews() {
  const query = useQuery(views());
  return (
    <Found query={query}>
      {(all) =>
        all.length === 0 ? (
          <EmptyState icon={ListFilter} title={t('settings.views.none')}>
            {t('settings.views.noneWhy')}
          </EmptyState>
        ) : (
          <Rows label={t('settings.views')}>
            {all.map((view) => (
              <ViewRow key={view.id} view={view} />
            ))}
          </Rows>
        )
      }
    </Found>
  );
}

function ViewRow({ view }: { view: View }) {
  const { me } = useDesk();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/inbox/api/views/{id}', { params: { path: { id: view.id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: views().queryKey }),
  });
  const { view: base, ...filter } = readScope(view.query);
  const isShared = !view.agent;
  return (
    <Row>
      <Link
        to="/$view/{-$conversation}"
        params={{ view: base, conversation: undefined }}
        search={filter}
        className="inline-flex min-h-hit min-w-0 items-center truncate font-medium text-accent underline-offset-2 hover:underline"
      >
        {view.name}
      </Link>
      <span className="flex-1 text-dense text-muted">
        {isShared ? t('settings.views.shared') : t('settings.views.own')}
      </span>
      {(!isShared || may(me.role, 'arrange')) && (
        <Sure
          label={t('settings.remove')}
          question={isShared ? t('settings.views.sureShared', { name: view.name }) : t('settings.views.sure')}
          run={() => remove.mutate()}
          of={remove}
        />
      )}
    </Row>
  );
}
