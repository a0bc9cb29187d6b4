import { CircleSlash, EyeOff, Heart, PencilOff, Undo2, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Bubble } from '../../../shared/ui/Bubble';
import { Prose } from '../../../shared/ui/Prose';
import { t } from '../../../shared/words';
import { Choice, Referral, Share, Story, Template } from './Cards';
import { Audio, File, Photos, Video } from './Media';
import { shape, type Message, type Part } from './shape';
import { Unknown } from './Unknown';

interface Props {
  parts: readonly Part[];
  mine: boolean;
  first: boolean;
  last: boolean;
  failed?: boolean;
  /** Who wrote it, in words. */
  name: string;
  time: number;
}

/** What a message says, whatever kind it is; never nothing. */
export function Content({ parts, mine, first, last, failed = false, name, time }: Props) {
  const face = (part: Part, index: number): ReactNode => {
    switch (part.is) {
      case 'text':
        return (
          <Bubble mine={mine} first={first && index === 0} last={last && index === parts.length - 1} failed={failed}>
            <p className="px-3 py-2">
              <Prose text={part.text} />
            </p>
          </Bubble>
        );
      case 'images':
        return <Photos urls={part.urls} name={name} />;
      case 'video':
        return <Video url={part.url} name={name} />;
      case 'audio':
        return <Audio url={part.url} name={name} />;
      case 'file':
        return <File url={part.url} title={part.title} />;
      case 'heart':
        return (
          <Heart
            className="size-bar fill-danger text-danger"
            strokeWidth={1.75}
            role="img"
            aria-label={t('talk.heart')}
          />
        );
      case 'story':
        return <Story part={part} name={name} time={time} />;
      case 'share':
        return <Share part={part} name={name} />;
      case 'template':
        return <Template part={part} />;
      case 'choice':
        return <Choice part={part} />;
      case 'referral':
        return <Referral part={part} />;
      case 'unknown':
        return <Unknown kind={part.kind} raw={part.raw} />;
      case 'unsent':
        return <Absent icon={Undo2}>{mine ? t('talk.weUnsent') : t('talk.unsent', { name })}</Absent>;
      case 'ephemeral':
        return <Absent icon={EyeOff}>{t('talk.ephemeralWhy')}</Absent>;
      case 'unsupported':
        return <Absent icon={CircleSlash}>{t('talk.unsupportedWhy')}</Absent>;
      case 'untold':
        return <Absent icon={PencilOff}>{t('talk.untoldWhy')}</Absent>;
    }
  };
  return (
    <div className={`flex max-w-full flex-col gap-1 ${mine ? 'items-end' : 'items-start'}`}>
      {parts.map((part, index) => (
        <div key={index} className="max-w-full">
          {face(part, index)}
        </div>
      ))}
    </div>
  );
}

/** A dashed outline where something was, or cannot be shown, with a sentence that says so. */
function Absent({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <p className="flex w-fit max-w-full items-center gap-2 rounded-bubble border border-dashed border-control px-3 py-2 text-muted">
      <Icon className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
      <span>{children}</span>
    </p>
  );
}

/** What a message of the thread says. */
export function MessageContent({ message, ...rest }: Omit<Props, 'parts' | 'mine' | 'time'> & { message: Message }) {
  const mine = message.side === 'business';
  return <Content parts={shape(message)} mine={mine} time={message.sent_time} {...rest} />;
}
