/** Brings a file to the inbox, with word of how far it has come. */
import { Offline } from '../../../shared/api/client';
import { Refused, type Why } from '../../data/api';

export interface Uploaded {
  attachment_id: string;
}

/** Uploads a file for a conversation. The signal ends it. */
export function upload(
  conversation: string,
  file: File,
  type: string,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<Uploaded> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/inbox/api/conversations/${encodeURIComponent(conversation)}/attachments`);
    request.setRequestHeader('content-type', type);
    request.setRequestHeader('x-parlance-inbox', '1');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onerror = () => fail(new Offline());
    request.onabort = () => fail(new DOMException('', 'AbortError'));
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) return done(body as Uploaded);
      const why = (body as { error?: Why } | null)?.error;
      fail(new Refused(request.status, why?.message ? why : { reason: 'unknown', message: `HTTP ${request.status}` }));
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
