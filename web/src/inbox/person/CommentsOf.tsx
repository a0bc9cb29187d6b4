import { t } from '../../shared/words';
import { CommentPlace, CommentText } from '../comments/CommentText';
import { PrivateReply } from '../comments/PrivateReply';
import type { Comment } from '../comments/standing';
import { Part } from './Part';

/** What the person wrote under posts, each with its one private reply. */
export function CommentsOf({ comments }: { comments: readonly Comment[] }) {
  return (
    <Part title={t('person.comments')}>
      <ul className="flex flex-col gap-2">
        {comments.map((comment) => (
          <li
            key={comment.id}
            data-comment={comment.id}
            className="flex flex-col gap-1 rounded-card border border-line bg-raised p-2 text-dense"
          >
            <CommentPlace comment={comment} />
            <CommentText comment={comment} />
            <PrivateReply comment={comment} />
          </li>
        ))}
      </ul>
    </Part>
  );
}
