import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MessageSquareQuote } from 'lucide-react';
import { t } from '../../shared/words';
import { answer, api, type Schemas } from '../data/api';
import { cannedReplies } from '../data/queries';
import { Collection } from './Collection';
import { ReplyForm } from './ReplyForm';
import { Sure } from './parts';

type Reply = Schemas['CannedReply'];

/** Texts that are used again and again. */
export function Replies() {
  return (
    <Collection
      query={useQuery(cannedReplies())}
      label={t('settings.replies')}
      none={{ icon: MessageSquareQuote, title: t('settings.replies.none'), why: t('settings.replies.noneWhy') }}
      add={t('settings.replies.add')}
      summary={(reply) => (
        <>
          <span className="font-mono text-dense text-accent" dir="ltr">
            /{reply.shortcut}
          </span>
          <span className="min-w-0 flex-1 truncate">{reply.title}</span>
        </>
      )}
      form={(done) => <ReplyForm reply={null} done={() => done(null)} />}
    >
      {(reply) => (
        <>
          <ReplyForm reply={reply} done={() => undefined} />
          <Remove reply={reply} />
        </>
      )}
    </Collection>
  );
}

function Remove({ reply }: { reply: Reply }) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/inbox/api/canned_replies/{id}', { params: { path: { id: reply.id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: cannedReplies().queryKey }),
  });
  return (
    <div className="border-t border-line pt-2">
      <Sure
        label={t('settings.replies.remove')}
        question={t('settings.replies.sure', { name: reply.title })}
        run={() => remove.mutate()}
        of={remove}
      />
    </div>
  );
}
