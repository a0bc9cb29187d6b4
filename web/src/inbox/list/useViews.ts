/** Views that are kept under a name: saved and taken away. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { reason } from '../../shared/api/client';
import { t } from '../../shared/words';
import { notices } from '../app/notices';
import { answer, api, type Schemas } from '../data/api';
import { views } from '../data/queries';

type SavedView = Schemas['SavedView'];

/** Keeps a view; the answer comes when it is kept. */
export function useSaveView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['PutView']) => answer(api.POST('/inbox/api/views', { body })),
    onSuccess: (view) => {
      client.setQueryData(views().queryKey, (all) => [...(all ?? []).filter(({ id }) => id !== view.id), view]);
    },
  });
}

/** Takes a view away, with a way back. */
export function useRemoveView() {
  const client = useQueryClient();
  const save = useSaveView();
  const remove = useMutation({
    mutationFn: ({ id }: SavedView) => answer(api.DELETE('/inbox/api/views/{id}', { params: { path: { id } } })),
    onSuccess: (_, { id }) => client.setQueryData(views().queryKey, (all) => all?.filter((view) => view.id !== id)),
  });
  return (view: SavedView) => {
    const { name, query, agent } = view;
    const back = () => save.mutate({ name, query, shared: !agent });
    remove.mutate(view, {
      onSuccess: () =>
        notices.tell({
          text: t('view.deleted', { name }),
          failed: false,
          action: { label: t('inbox.undo'), run: back },
        }),
      onError: (error) => notices.tell({ text: reason(error), failed: true }),
    });
  };
}
