import { CircleAlert } from 'lucide-react';
import { Button } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import type { Message } from '../data/group';
import type { Outgoing } from '../data/outbox';
import { Content } from './Content';

/** A message that the server does not have yet, as it will look. */
function asMessage(item: Outgoing, me: string): Message {
  const files = item.files.map((file) => ({
    type: item.mention ? 'story_mention' : file.kind,
    url: file.url,
    name: file.name,
  }));
  const named = (item.body.attachments ?? []).map((it) => ({ type: it.type }));
  return {
    id: item.key,
    from: me,
    text: item.body.text ?? '',
    created_time: new Date(item.time).toISOString(),
    attachments: [...files, ...named],
  };
}

interface Props {
  item: Outgoing;
  me: string;
  account: string;
  retry: () => void;
  discard: () => void;
}

/** What is on its way, or did not get there. */
export function OutItem({ item, me, account, retry, discard }: Props) {
  const failed = item.state === 'failed';
  const row = { message: asMessage(item, me), time: item.time, day: false, first: true, last: true };
  return (
    <div className="flex flex-col items-end pb-2">
      <div className={`max-w-4/5 ${failed ? '' : 'opacity-70'}`}>
        <Content row={row} mine account={account} name={me} tap={() => undefined} failed={failed} />
      </div>
      {failed ? (
        <p role="alert" className="flex max-w-full flex-wrap items-center justify-end gap-1 text-meta text-danger">
          <CircleAlert className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
          {t('thread.failed', { reason: item.error ?? '' })}
          <Button look="link" onPress={retry}>
            {t('common.retry')}
          </Button>
          <Button look="danger" onPress={discard}>
            {t('thread.discard')}
          </Button>
        </p>
      ) : (
        <p className="px-1 text-meta text-muted">
          {item.state === 'waiting' ? t('thread.waiting') : t('thread.sending')}
        </p>
      )}
    </div>
  );
}
