import { CircleAlert, Clock3 } from 'lucide-react';
import { memo } from 'react';
import { Button } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import { Content } from './content/Content';
import type { Part } from './content/shape';
import { useThreadDesk } from './context';
import type { Out } from './facts';
import { wasRetried } from './retried';
import type { Row } from './rows';

/** What is on its way, as it will look. */
function partsOf({ body, previews }: Out): Part[] {
  const preview = previews[0] ?? null;
  switch (body?.kind) {
    case 'text':
    case 'private_reply':
      return [{ is: 'text', text: body.text }];
    case 'media':
      if (body.media === 'image') return [{ is: 'images', urls: [preview] }];
      return [{ is: body.media, url: preview, title: '' }];
    case 'images':
      return [{ is: 'images', urls: body.attachment_ids.map((_id, index) => previews[index] ?? null) }];
    case 'reaction':
      return [
        { is: 'text', text: body.emoji ? t('talk.ourReaction', { emoji: body.emoji }) : t('talk.ourUnreaction') },
      ];
    default:
      return [{ is: 'unsent' }];
  }
}

/** What is on its way, or did not get there: it stays in its place, with the reason and the next step. */
export const OutRow = memo(function OutRow({ row }: { row: Extract<Row, { is: 'out' }> }) {
  const { out, first, last } = row;
  const desk = useThreadDesk();
  const { entry } = out;
  const name = out.agent ? (desk.names.get(out.agent) ?? t('talk.formerAgent')) : t('talk.elsewhere');
  return (
    <li
      data-row={row.key}
      tabIndex={-1}
      className={`flex flex-col items-end px-4 -outline-offset-2 ${last ? 'pb-3' : 'pb-1'}`}
    >
      {first && <p className="px-1 pb-1 text-meta text-muted">{name}</p>}
      <div className={`max-w-4/5 ${out.failed ? '' : 'opacity-70'}`}>
        <Content parts={partsOf(out)} mine first={first} last={last} failed={out.failed} name={name} time={out.time} />
      </div>
      {out.failed && entry ? (
        <div role="alert" className="flex max-w-4/5 flex-col items-end gap-1 pt-1 text-meta text-danger">
          <p className="flex items-start gap-1">
            <CircleAlert className="mt-px size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
            <span>{t('talk.failed', { reason: entry.sentence ?? entry.reason ?? '' })}</span>
          </p>
          <div className="flex flex-wrap items-baseline justify-end gap-1">
            {entry.code != null && (
              <details className="text-muted">
                <summary className="min-h-hit rounded-control px-1">{t('talk.code')}</summary>
                <code className="font-mono" dir="ltr">
                  {entry.code}
                  {entry.subcode == null ? '' : `/${entry.subcode}`} {entry.reason}
                </code>
              </details>
            )}
            {desk.mayWrite && (
              <>
                {!wasRetried(entry.id) && (
                  <Button look="link" onPress={() => desk.retry(entry)}>
                    {t('talk.retry')}
                  </Button>
                )}
                {entry.body?.kind === 'text' && (
                  <Button look="link" onPress={() => desk.rewrite(entry)}>
                    {t('talk.rewrite')}
                  </Button>
                )}
                <Button look="danger" onPress={() => desk.discard(entry)}>
                  {t('talk.discard')}
                </Button>
              </>
            )}
          </div>
        </div>
      ) : (
        last && (
          <p className="flex items-center gap-1 px-1 pt-px text-meta text-muted">
            {out.state === 'waiting' && <Clock3 className="size-icon-s" strokeWidth={1.75} aria-hidden />}
            {t(out.state === 'waiting' ? 'talk.waiting' : 'talk.sending')}
          </p>
        )
      )}
    </li>
  );
});
