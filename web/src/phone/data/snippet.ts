/** One line that says what a message is. */
import { t, type Key } from '../../shared/words';
import type { Message } from './group';

const KINDS: Record<string, Key> = {
  image: 'snippet.photo',
  video: 'snippet.video',
  audio: 'snippet.audio',
  file: 'snippet.file',
  like_heart: 'snippet.heart',
  share: 'snippet.share',
  story_mention: 'snippet.mention',
};

/** The card's title, or the text of a button template. */
function templateLine(template: Record<string, unknown>): string {
  const elements = template['elements'] as { title?: string }[] | undefined;
  return (template['text'] as string | undefined) ?? elements?.[0]?.title ?? t('snippet.template');
}

/** What a message says, in one line and without its writer. */
export function line(message: Message): string {
  if (message.is_unsent) return t('snippet.unsent');
  if (message.story) return t('snippet.story', { text: message.text });
  if (message.template) return templateLine(message.template);
  if (message.text) return message.text;
  const files = message.attachments ?? [];
  if (files.length > 1 && files.every((file) => file.type === 'image'))
    return t('snippet.photos', { count: files.length });
  const kind = files[0]?.type;
  return t((kind && KINDS[kind]) || 'snippet.other');
}

/** The same, with who wrote it where it is oneself. */
export const snippet = (message: Message, me: string) =>
  message.from === me && !message.is_unsent ? t('snippet.you', { text: line(message) }) : line(message);
