/** One line that says what a message is: where it is quoted, read out, or stands for itself. */
import { t, type Key } from '../../shared/words';
import { shape, type Message, type Part } from './content/shape';

const WORDS: Partial<Record<Part['is'], Key>> = {
  video: 'talk.video',
  audio: 'talk.audio',
  file: 'talk.file',
  heart: 'talk.heart',
  ephemeral: 'talk.ephemeral',
  unsupported: 'talk.unsupported',
  unsent: 'talk.unsentLine',
  untold: 'talk.untoldLine',
  template: 'talk.template',
};

function partLine(part: Part): string {
  switch (part.is) {
    case 'text':
      return part.text;
    case 'images':
      return t('talk.photos', { count: part.urls.length });
    case 'story':
      return t(`talk.story.${part.how}`);
    case 'share':
      return part.title || t(`talk.share.${part.what}`);
    case 'template':
      return part.text || part.cards[0]?.title || t('talk.template');
    case 'choice':
      return part.title || part.payload || t('talk.tapped');
    case 'referral':
      return t(`talk.referral.${part.how}`);
    case 'unknown':
      return t('talk.unknown', { kind: part.kind });
    default:
      return t(WORDS[part.is]!);
  }
}

/** What a message says, in one line and without its writer: its words where it has any. */
export function line(message: Message): string {
  const parts = shape(message);
  const said = parts.find((part) => part.is === 'text' || part.is === 'choice') ?? parts[0]!;
  return partLine(said).replace(/\s+/g, ' ');
}
