import { useRef, useState } from 'react';
import { reason } from '../../../shared/api/client';
import { judge } from './files';
import { upload } from './upload';
import type { Attached, Composer } from './writing';

/** So many files go with one answer. */
const MOST = 10;

interface Under {
  file: File;
  type: string;
  stop: AbortController;
}

/** Files of uploads, by the key in the tray: what the page has as long as it is open. */
const under = new Map<string, Under>();

/** Judges files, brings those that can be sent to the inbox, and keeps the tray true. */
export function useAttachments(conversation: string, composer: Composer) {
  const [problems, setProblems] = useState<readonly string[]>([]);
  const number = useRef(0);

  const start = async (key: string) => {
    const one = under.get(key);
    if (!one) return;
    composer.file(key, { state: 'uploading', progress: 0, why: null });
    const progress = (share: number) => composer.file(key, { progress: share });
    try {
      const { attachment_id, media } = await upload(conversation, one.file, one.type, progress, one.stop.signal);
      composer.file(key, { state: 'ready', progress: 1, id: attachment_id, media });
      under.delete(key);
    } catch (error) {
      if (!one.stop.signal.aborted) composer.file(key, { state: 'failed', why: reason(error) });
    }
  };

  const add = (files: readonly File[]) => {
    const refused: string[] = [];
    const taken: Attached[] = [];
    for (const file of files.slice(0, MOST)) {
      const judged = judge(file);
      if (typeof judged === 'string') {
        refused.push(judged);
        continue;
      }
      number.current += 1;
      const key = `${Date.now()}-${number.current}`;
      under.set(key, { file, type: judged.type, stop: new AbortController() });
      const preview = judged.media === 'image' ? URL.createObjectURL(file) : null;
      const part = { progress: 0, state: 'uploading', id: null, why: null } as const;
      taken.push({ key, name: file.name, size: file.size, media: judged.media, preview, ...part });
    }
    setProblems(refused);
    if (taken.length === 0) return;
    composer.set({ mode: 'reply', files: [...composer.state().files, ...taken] });
    for (const { key } of taken) void start(key);
  };

  const remove = (key: string) => {
    under.get(key)?.stop.abort();
    under.delete(key);
    const { files } = composer.state();
    const preview = files.find((file) => file.key === key)?.preview;
    if (preview) URL.revokeObjectURL(preview);
    composer.set({ files: files.filter((file) => file.key !== key) });
  };

  return { add, remove, again: (key: string) => void start(key), problems, forget: () => setProblems([]) };
}
