import { useQuery } from '@tanstack/react-query';
import { ImageOff, MessageCircle, Reply, Send, SendHorizontal, Trash2, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { here } from '../../shared/api/client';
import { useNow } from '../../shared/clock';
import { ago, millis } from '../../shared/time';
import { Avatar } from '../../shared/ui/Avatar';
import { Button, IconButton } from '../../shared/ui/Button';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../shared/ui/states';
import { Prose } from '../../shared/ui/Prose';
import { t } from '../../shared/words';
import { Failure } from '../Failure';
import { useAct } from '../data/acts';
import { nested, type Comment } from '../data/comments';
import { accounts, people } from '../data/queries';
import { LineField } from './LineField';
import { Bar, Title } from './Bar';

/** Comments are no entries of the stream, so an open post looks for new ones by itself. */
const LOOK = 5_000;

interface Props {
  me: string;
  account: string;
  media: string;
}

/** A post with the comments under it. */
export function Post({ me, account: username, media }: Props) {
  const { data, error, refetch } = useQuery({ ...accounts(), refetchInterval: LOOK });
  const act = useAct(me);
  const now = useNow();
  const [answered, setAnswered] = useState<Comment | null>(null);
  const account = data?.data.find((it) => it.username === username);
  const post = account?.media.find((it) => it.id === media);
  const name = account?.name ?? username;
  const share = () =>
    act.mutate({ do: 'write', message: { to: username, attachments: [{ type: 'share', id: media }] } });
  const shared = act.isSuccess && act.variables.do === 'write';
  return (
    <>
      <Bar
        actions={
          post && (
            <Button look="quiet" icon={Send} onPress={share} isDisabled={shared}>
              {shared ? t('post.shared') : t('post.share', { name })}
            </Button>
          )
        }
      >
        <Title>{t('message.post')}</Title>
      </Bar>
      <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
        {!data && error && <ErrorState error={error} retry={() => void refetch()} />}
        {!data && !error && (
          <Loading>
            <Skeleton className="aspect-square w-full" />
          </Loading>
        )}
        {data && !post && <EmptyState icon={ImageOff} title={t('post.gone')} />}
        {account && post && (
          <article aria-label={t('post.label', { name })}>
            <img src={here(post.url)} alt="" className="aspect-4/3 w-full object-cover" />
            <div className="flex flex-col gap-1 px-4 py-3">
              <p>
                <span className="font-semibold">{username}</span> <Prose text={post.caption} />
              </p>
              <p className="text-meta text-muted tabular-nums">
                {ago(millis(post.timestamp), now)}
                {post.ended_time && ` · ${t('post.ended')}`}
              </p>
            </div>
            {post.comments.length === 0 ? (
              <EmptyState icon={MessageCircle} title={t('post.noComments')}>
                {t('post.noCommentsWhy')}
              </EmptyState>
            ) : (
              <ul aria-label={t('post.comments', { count: post.comments.length })} className="flex flex-col px-4 pb-3">
                {nested(post.comments).map(({ comment, depth }) => (
                  <CommentRow
                    key={comment.id}
                    comment={comment}
                    depth={depth}
                    mine={comment.from === me}
                    answer={() => setAnswered(comment)}
                    remove={() => act.mutate({ do: 'delete_comment', account: username, comment: comment.id })}
                  />
                ))}
              </ul>
            )}
          </article>
        )}
      </div>
      <Failure error={act.error} dismiss={act.reset} />
      {post && (
        <CommentForm
          me={me}
          answered={answered}
          forget={() => setAnswered(null)}
          send={(text) => {
            const parent = answered ? { parent_id: answered.id } : {};
            return act.mutateAsync({ do: 'comment', comment: { to: username, media_id: media, text, ...parent } });
          }}
        />
      )}
    </>
  );
}

interface RowProps {
  comment: Comment;
  depth: 0 | 1;
  mine: boolean;
  answer: () => void;
  remove: () => void;
}

function CommentRow({ comment, depth, mine, answer, remove }: RowProps) {
  const now = useNow();
  const person = useQuery(people()).data?.data.find((it) => it.username === comment.from);
  return (
    <li className={`flex gap-3 py-2 ${depth === 1 ? 'ps-12' : ''}`}>
      <Avatar name={comment.from} picture={person?.profile_pic} />
      <div className="min-w-0 flex-1">
        <p>
          <span className="font-semibold">{comment.from}</span> <Prose text={comment.text} />
        </p>
        <p className="flex items-center gap-1 text-meta text-muted">
          <span className="tabular-nums">{ago(millis(comment.timestamp), now)}</span>
          {comment.replied_time && <span>· {t('post.answered')}</span>}
          {depth === 0 && (
            <Button look="quiet" icon={Reply} aria-label={t('post.replyTo', { name: comment.from })} onPress={answer}>
              {t('post.reply')}
            </Button>
          )}
          {mine && (
            <Button look="quiet" icon={Trash2} aria-label={t('post.deleteOf', { text: comment.text })} onPress={remove}>
              {t('post.delete')}
            </Button>
          )}
        </p>
      </div>
    </li>
  );
}

interface FormProps {
  me: string;
  answered: Comment | null;
  forget: () => void;
  send: (text: string) => Promise<unknown>;
}

function CommentForm({ me, answered, forget, send }: FormProps) {
  const [text, setText] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    try {
      await send(text.trim());
      setText('');
      forget();
    } catch {
      // Shown above; the text stays.
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="border-t border-line p-2">
      {answered && (
        <p className="flex items-center gap-2 px-2 pb-1 text-dense text-muted">
          <span className="min-w-0 flex-1 truncate">{t('post.replying', { name: answered.from })}</span>
          <IconButton icon={X} size="s" label={t('common.cancel')} onPress={forget} />
        </p>
      )}
      <div className="flex items-center gap-2">
        <LineField
          label={t('post.comment', { name: me })}
          placeholder={t('post.placeholder')}
          value={text}
          onChange={setText}
        />
        <IconButton
          type="submit"
          icon={SendHorizontal}
          look="filled"
          label={t('post.send')}
          isDisabled={text.trim() === ''}
        />
      </div>
    </form>
  );
}
