/** Brings a file to the inbox, with word of how far it has come. */
import { Offline } from '../../../shared/api/client';
import { Refused, type Schemas, type Why } from '../../data/api';

export type Uploaded = Schemas['Attached'];

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
    request.setRequestHeader('x-file-name', ascii(file.name));
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

/** A name as a header can hold it. */
const ascii = (name: string) => name.replace(/[^\x20-\x7e]/g, '_').slice(-100);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
