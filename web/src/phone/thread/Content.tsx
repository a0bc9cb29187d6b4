import { useQuery } from '@tanstack/react-query';
import { FileText, Heart, ImageOff, Images, MessageCircle } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { here, type Schemas } from '../../shared/api/client';
import { useNow } from '../../shared/clock';
import { left, millis } from '../../shared/time';
import { Bubble } from '../../shared/ui/Bubble';
import { Prose } from '../../shared/ui/Prose';
import { t } from '../../shared/words';
import type { Message, Row } from '../data/group';
import { STORY } from '../data/posts';
import { accounts } from '../data/queries';
import { useMove } from '../move';
import { Template, type TemplateBody } from './Template';
import { Unknown } from './Unknown';

type Attachment = Schemas['AttachmentView'];

interface Props {
  row: Row;
  mine: boolean;
  account: string;
  /** Whose message it is, in words. */
  name: string;
  tap: (title: string) => void;
  failed?: boolean;
}

/** What a message says, whatever kind it is; never nothing. */
export function Content({ row, mine, account, name, tap, failed = false }: Props) {
  const { message, first, last } = row;
  const { to } = useMove();
  if (message.is_unsent) {
    return (
      <p className="rounded-bubble border border-dashed border-control px-3 py-2 text-muted">
        {mine ? t('message.youUnsent') : t('message.unsent', { name })}
      </p>
    );
  }
  const attachments = message.attachments ?? [];
  const parts: ReactNode[] = [];
  if (message.story)
    parts.push(<StoryCard key="story" story={message.story} account={account} words={t('message.storyReply')} />);
  if (message.comment) {
    const { comment } = message;
    parts.push(
      <Card
        key="comment"
        icon={<MessageCircle className="size-icon-s" strokeWidth={1.75} aria-hidden />}
        words={t('message.privateReply')}
      >
        <Pressable
          onPress={() => to({ at: 'post', account, media: comment.media_id })}
          className="block w-full text-start data-[hovered]:underline"
        >
          <span className="line-clamp-2">{comment.text}</span>
          <span className="text-meta font-medium text-accent">{t('message.openPost')}</span>
        </Pressable>
      </Card>,
    );
  }
  const images = attachments.filter((file) => file.type === 'image');
  if (images.length > 0) parts.push(<Photos key="photos" images={images} name={name} />);
  attachments.forEach((file, index) => {
    if (file.type !== 'image') parts.push(<File key={index} file={file} account={account} />);
  });
  // A button template shows its text itself.
  const template = message.template as TemplateBody | null | undefined;
  if (template) parts.push(<Template key="template" template={template} tap={tap} />);
  else if (message.text) {
    parts.push(
      <Bubble key="text" mine={mine} first={first && parts.length === 0} last={last} failed={failed}>
        <p className="px-3 py-2">
          <Prose text={message.text} />
        </p>
      </Bubble>,
    );
  }
  if (parts.length === 0) parts.push(<Unknown key="unknown" kind={t('snippet.other')} raw={message} />);
  return <div className={`flex max-w-full flex-col gap-1 ${mine ? 'items-end' : 'items-start'}`}>{parts}</div>;
}

function Card({ icon, words, children }: { icon: ReactNode; words: string; children?: ReactNode }) {
  return (
    <div className="w-card max-w-full overflow-hidden rounded-card border border-line bg-raised text-dense">
      <p className="flex items-center gap-2 px-3 pt-2 text-meta text-muted">
        {icon}
        {words}
      </p>
      <div className="px-3 pt-1 pb-2">{children}</div>
    </div>
  );
}

/** A story that is answered, for as long as it stands. */
function StoryCard({ story, account, words }: { story: Schemas['PostView']; account: string; words: string }) {
  const { to } = useMove();
  const now = useNow();
  const { data } = useQuery(accounts());
  const known = data?.data.find((it) => it.username === account)?.media.find((it) => it.id === story.id);
  const rest = known ? STORY - (now - millis(known.timestamp)) : 0;
  return (
    <div className="w-card max-w-full overflow-hidden rounded-card border border-line bg-raised text-dense">
      {rest > 0 && story.url ? (
        <Pressable
          onPress={() => to({ at: 'story', account })}
          className="flex w-full items-center gap-3 p-2 text-start -outline-offset-2 data-[hovered]:bg-hover"
        >
          <img src={here(story.url)} alt="" className="h-avatar-xl w-bar rounded-control object-cover" />
          <span>
            <span className="block">{words}</span>
            <span className="block text-meta text-muted tabular-nums">{t('story.left', { left: left(rest) })}</span>
          </span>
        </Pressable>
      ) : (
        <p className="flex items-center gap-2 p-3 text-muted">
          <ImageOff className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
          {words}. {t('message.storyGone')}
        </p>
      )}
    </div>
  );
}

/** A placeholder where the file is there no more. */
function Gone() {
  return (
    <p className="flex items-center gap-2 rounded-card border border-dashed border-control px-3 py-2 text-dense text-muted">
      <ImageOff className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
      {t('message.gone')}
    </p>
  );
}

function Picture({ url, label, className }: { url: string | null | undefined; label: string; className: string }) {
  const [gone, setGone] = useState(false);
  if (!url || gone) return <Gone />;
  return <img src={here(url)} alt={label} className={className} onError={() => setGone(true)} />;
}

function Photos({ images, name }: { images: Attachment[]; name: string }) {
  const label = t('message.photo', { name });
  if (images.length === 1) {
    return (
      <Picture
        url={images[0]!.url}
        label={label}
        className="max-h-payload max-w-full rounded-bubble border border-line object-contain"
      />
    );
  }
  return (
    <div className="grid w-card max-w-full grid-cols-2 gap-px overflow-hidden rounded-bubble">
      {images.map((image, index) => (
        <Picture key={index} url={image.url} label={label} className="aspect-square w-full object-cover" />
      ))}
    </div>
  );
}

function File({ file, account }: { file: Attachment; account: string }) {
  const { to } = useMove();
  const url = file.url ? here(file.url) : undefined;
  switch (file.type) {
    case 'like_heart':
      return (
        <Heart
          className="size-bar fill-danger text-danger"
          strokeWidth={1.75}
          role="img"
          aria-label={t('message.heart')}
        />
      );
    case 'audio':
      return url ? (
        <audio
          controls
          preload="metadata"
          src={url}
          aria-label={t('message.voice')}
          className="h-bar w-card max-w-full"
        />
      ) : (
        <Gone />
      );
    case 'video':
      return url ? (
        <video
          controls
          preload="metadata"
          src={url}
          aria-label={t('message.video')}
          className="max-h-payload max-w-full rounded-bubble"
        />
      ) : (
        <Gone />
      );
    case 'file':
      return url ? (
        <a
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          className="flex min-h-touch max-w-full items-center gap-2 rounded-card border border-line bg-raised px-3 text-dense hover:bg-hover"
        >
          <FileText className="size-icon shrink-0 text-muted" strokeWidth={1.75} aria-hidden />
          <span className="truncate">{file.name ?? t('message.file')}</span>
        </a>
      ) : (
        <Gone />
      );
    case 'share':
      return (
        <Card icon={<Images className="size-icon-s" strokeWidth={1.75} aria-hidden />} words={t('message.post')}>
          <Picture url={file.url} label="" className="aspect-4/3 w-full rounded-control object-cover" />
          {file.id && (
            <Pressable
              onPress={() => to({ at: 'post', account, media: file.id! })}
              className="mt-2 min-h-hit rounded-control font-medium text-accent data-[hovered]:underline"
            >
              {t('message.openPost')}
            </Pressable>
          )}
        </Card>
      );
    case 'story_mention':
      return (
        <Card
          icon={<Images className="size-icon-s" strokeWidth={1.75} aria-hidden />}
          words={t('message.mention', { name: account })}
        >
          <Picture url={file.url} label="" className="max-h-picture w-full rounded-control object-cover" />
        </Card>
      );
    default:
      return <Unknown kind={file.type} raw={file} />;
  }
}

/** How a message is read out. */
export const spoken = (message: Message) => message.text || (message.attachments?.[0]?.type ?? '');
