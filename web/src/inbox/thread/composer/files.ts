/** Which files may be sent, before a byte of them has left (contract send 1.5). */
import { t } from '../../../shared/words';
import type { Schemas } from '../../data/api';

export type Media = Schemas['FileKind'];

const MB = 1024 * 1024;

/** The most bytes of each kind, in MB. */
export const MOST_MB: Record<Media, number> = { image: 8, video: 25, audio: 25, file: 25 };

const TYPES: Record<string, Media> = {
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/gif': 'image',
  'video/mp4': 'video',
  'video/ogg': 'video',
  'video/webm': 'video',
  'video/quicktime': 'video',
  'video/x-msvideo': 'video',
  'video/avi': 'video',
  'audio/aac': 'audio',
  'audio/mp4': 'audio',
  'audio/x-m4a': 'audio',
  'audio/m4a': 'audio',
  'audio/wav': 'audio',
  'audio/x-wav': 'audio',
  'audio/wave': 'audio',
  'application/pdf': 'file',
};

/** Types by the end of a name, for browsers that do not know them. */
const ENDINGS: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  mp4: 'video/mp4',
  ogg: 'video/ogg',
  ogv: 'video/ogg',
  webm: 'video/webm',
  mov: 'video/quicktime',
  avi: 'video/x-msvideo',
  aac: 'audio/aac',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  pdf: 'application/pdf',
};

/** What a picker offers. */
export const ACCEPT = [...Object.keys(TYPES), ...Object.keys(ENDINGS).map((ending) => `.${ending}`)].join(',');

export interface Judged {
  media: Media;
  type: string;
}

type FileLike = Pick<File, 'name' | 'type' | 'size'>;

/** As what a file would be sent, or the sentence that says why it cannot be. */
export function judge(file: FileLike): Judged | string {
  const type = file.type.toLowerCase().split(';')[0]!.trim();
  const ending = /\.(\w+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const named = type === '' || type === 'application/octet-stream';
  const known = named ? (ENDINGS[ending] ?? '') : type;
  const media = TYPES[known];
  if (!media) return t('write.badKind', { name: file.name });
  if (file.size === 0) return t('write.emptyFile', { name: file.name });
  const most = MOST_MB[media];
  if (file.size > most * MB) {
    const size = Math.ceil((file.size / MB) * 10) / 10;
    return t(media === 'image' ? 'write.bigImage' : 'write.bigFile', { name: file.name, size, most });
  }
  return { media, type: known };
}

/** `3.2 MB`, `14 kB`. */
export function sizeWords(size: number): string {
  if (size >= MB) return t('write.mb', { size: Math.round((size / MB) * 10) / 10 });
  return t('write.kb', { size: Math.max(1, Math.round(size / 1024)) });
}
