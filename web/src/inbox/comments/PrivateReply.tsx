import { CircleAlert, CircleCheck, Clock3, Timer } from 'lucide-react';
import { useId, useState, type FormEvent, type KeyboardEvent } from 'react';
import { reason } from '../../shared/api/client';
import { useNow } from '../../shared/clock';
import { left } from '../../shared/time';
import { Button } from '../../shared/ui/Button';
import { TextBox } from '../../shared/ui/TextBox';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { may } from '../data/may';
import { COUNTED, MOST, bytes } from '../thread/composer/bytes';
import { useFailedReply, usePrivateReply } from './queries';
import { standingOf, type Comment, type Standing } from './standing';

const ICON = 'size-icon-s shrink-0';

/** Where the one private reply to a comment stands, and how it is written. */
export function PrivateReply({ comment }: { comment: Comment }) {
  const { me } = useDesk();
  const standing = standingOf(comment, useNow());
  const [writing, setWriting] = useState(false);
  const allowed = may(me.role, 'reply');
  const isOpen = standing.is === 'open';
  if (isOpen && writing) return <Writing comment={comment} standing={standing} close={() => setWriting(false)} />;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dense">
      <Told standing={standing} />
      {isOpen && allowed && (
        <Button look="link" onPress={() => setWriting(true)}>
          {t('comment.reply')}
        </Button>
      )}
      {standing.is === 'failed' && allowed && <Failed comment={comment} outbox={standing.outbox} />}
    </div>
  );
}

function Told({ standing }: { standing: Standing }) {
  switch (standing.is) {
    case 'open':
      return (
        <span className="inline-flex items-center gap-1 text-muted tabular-nums">
          <Timer className={ICON} strokeWidth={1.75} aria-hidden />
          {t(standing.live ? 'comment.openLive' : 'comment.open', { left: left(standing.left) })}
        </span>
      );
    case 'sending':
      return (
        <span role="status" className="inline-flex items-center gap-1 text-muted">
          <Clock3 className={ICON} strokeWidth={1.75} aria-hidden />
          {t('comment.sending')}
        </span>
      );
    case 'answered':
      return (
        <span role="status" className="inline-flex items-center gap-1 text-open">
          <CircleCheck className={ICON} strokeWidth={1.75} aria-hidden />
          {t('comment.answered')}
        </span>
      );
    case 'failed':
      return (
        <span role="alert" className="inline-flex items-start gap-1 text-danger">
          <CircleAlert className={`mt-px ${ICON}`} strokeWidth={1.75} aria-hidden />
          {t('comment.failed', { reason: standing.sentence })}
        </span>
      );
    case 'late':
      return <span className="text-muted">{t('comment.late')}</span>;
    case 'nobody':
      return <span className="text-muted">{t('comment.nobody')}</span>;
  }
}

function Failed({ comment, outbox }: { comment: Comment; outbox: string }) {
  const act = useFailedReply(comment);
  return (
    <>
      <Button look="link" isPending={act.isPending} onPress={() => act.mutate({ outbox, again: true })}>
        {t('common.retry')}
      </Button>
      <Button look="quiet" isPending={act.isPending} onPress={() => act.mutate({ outbox, again: false })}>
        {t('comment.discard')}
      </Button>
      {act.error && <Wrong error={act.error} />}
    </>
  );
}

const keyOf = (id: string) => `parlance.inbox.comment.${id}`;

/** What was begun, kept until it is sent. */
function useDraft(id: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => {
    try {
      return localStorage.getItem(keyOf(id)) ?? '';
    } catch {
      return '';
    }
  });
  const keep = (next: string) => {
    setText(next);
    try {
      if (next) localStorage.setItem(keyOf(id), next);
      else localStorage.removeItem(keyOf(id));
    } catch {
      // A browser that keeps nothing has it as long as the page lasts.
    }
  };
  return [text, keep];
}

interface WritingProps {
  comment: Comment;
  standing: Extract<Standing, { is: 'open' }>;
  close: () => void;
}

function Writing({ comment, standing, close }: WritingProps) {
  const [text, setText] = useDraft(comment.id);
  const [key] = useState(() => crypto.randomUUID());
  const reply = usePrivateReply(comment);
  const length = bytes(text.trim());
  const can = text.trim() !== '' && length <= MOST && !reply.isPending;
  const counter = useId();
  const send = () => {
    if (can) reply.mutate({ client_key: key, text: text.trim() }, { onSuccess: () => setText('') });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
    if (event.key === 'Escape') close();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <div onKeyDown={press}>
        <TextBox
          label={t('comment.label', { name: comment.username ?? t('comment.somebody') })}
          help={t('comment.once')}
          value={text}
          onChange={setText}
          rows={3}
          autoFocus
          aria-describedby={counter}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" type="submit" isDisabled={!can} isPending={reply.isPending}>
          {t('comment.send')}
        </Button>
        <Button look="quiet" onPress={close}>
          {t('common.cancel')}
        </Button>
        <span className="flex-1" />
        <span id={counter} className={`text-meta tabular-nums ${length > MOST ? 'text-danger' : 'text-muted'}`}>
          {length >= COUNTED && t('write.bytes', { count: length, most: MOST })}
        </span>
        <span className="inline-flex items-center gap-1 text-meta text-muted tabular-nums">
          <Timer className={ICON} strokeWidth={1.75} aria-hidden />
          {left(standing.left)}
        </span>
      </div>
      {reply.error && <Wrong error={reply.error} />}
    </form>
  );
}

function Wrong({ error }: { error: Error }) {
  return (
    <p role="alert" className="flex items-start gap-1 text-dense text-danger">
      <CircleAlert className={`mt-px ${ICON}`} strokeWidth={1.75} aria-hidden />
      <span className="min-w-0 wrap-anywhere">{reason(error)}</span>
    </p>
  );
}
