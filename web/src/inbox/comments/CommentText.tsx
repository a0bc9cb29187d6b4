import { useNow } from '../../shared/clock';
import { ago, worldTime } from '../../shared/time';
import { Prose } from '../../shared/ui/Prose';
import { t } from '../../shared/words';
import { placeOf, type Comment } from './standing';

/** Under what and when a comment was written. */
export function CommentPlace({ comment }: { comment: Comment }) {
  const now = useNow();
  const place = placeOf(comment);
  return (
    <span className="inline-flex min-w-0 flex-wrap items-baseline gap-x-2 text-meta text-muted">
      <time dateTime={new Date(comment.created_time).toISOString()} title={worldTime(comment.created_time)}>
        {ago(comment.created_time, now)}
      </time>
      {comment.live ? t('comment.live') : t(place ? `comment.place.${place}` : 'comment.place.other')}
      {comment.media_id && (
        <span className="font-mono" dir="ltr">
          {comment.media_id}
        </span>
      )}
    </span>
  );
}

export function CommentText({ comment }: { comment: Comment }) {
  if (!comment.text) return <p className="text-muted">{t('comment.noText')}</p>;
  return (
    <p className="text-body">
      <Prose text={comment.text} />
    </p>
  );
}
