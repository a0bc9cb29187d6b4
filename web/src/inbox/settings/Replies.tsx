import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MessageSquareQuote, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/ui/Button';
import { EmptyState } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { answer, api, type Schemas } from '../data/api';
import { cannedReplies } from '../data/queries';
import { ReplyForm } from './ReplyForm';
import { Fold, Found, Rows, Sure } from './parts';

type Reply = Schemas['CannedReply'];

/** Texts that are used again and again. */
export function Replies() {
  const query = useQuery(cannedReplies());
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  return (
    <Found query={query}>
      {(all) => (
        <>
          {all.length > 0 && (
            <Rows label={t('settings.replies')}>
              {all.map((reply) => (
                <Fold
                  key={reply.id}
                  open={open === reply.id}
                  toggle={() => setOpen(open === reply.id ? null : reply.id)}
                  summary={
                    <>
                      <span className="font-mono text-dense text-accent" dir="ltr">
                        /{reply.shortcut}
                      </span>
                      <span className="min-w-0 flex-1 truncate">{reply.title}</span>
                    </>
                  }
                >
                  <ReplyForm reply={reply} done={() => undefined} />
                  <Remove reply={reply} />
                </Fold>
              ))}
            </Rows>
          )}
          {all.length === 0 && !adding && (
            <EmptyState
              icon={MessageSquareQuote}
              title={t('settings.replies.none')}
              action={<Add add={() => setAdding(true)} />}
            >
              {t('settings.replies.noneWhy')}
            </EmptyState>
          )}
          {adding ? (
            <div className="rounded-card border border-line bg-raised p-3">
              <ReplyForm reply={null} done={() => setAdding(false)} />
            </div>
          ) : (
            all.length > 0 && (
              <div>
                <Add add={() => setAdding(true)} />
              </div>
            )
          )}
        </>
      )}
    </Found>
  );
}

const Add = ({ add }: { add: () => void }) => (
  <Button icon={Plus} onPress={add}>
    {t('settings.replies.add')}
  </Button>
);

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
