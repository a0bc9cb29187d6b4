import { useEffect } from 'react';
import { answer, api } from '../../data/api';
import { useWriting, type Composer } from './writing';

/** How long after the last key the inbox is given the draft, in milliseconds. */
const QUIET = 800;

/** Gives the inbox what was begun, a moment after the last key and when one leaves. */
export function useDraft(conversation: string, composer: Composer, mayWrite: boolean) {
  const { text } = useWriting(composer);
  useEffect(() => {
    if (!mayWrite) return;
    const timer = setTimeout(() => void put(conversation, composer), QUIET);
    return () => clearTimeout(timer);
  }, [conversation, composer, mayWrite, text]);
  useEffect(() => {
    if (!mayWrite) return;
    return () => void put(conversation, composer);
  }, [conversation, composer, mayWrite]);
}

async function put(conversation: string, composer: Composer) {
  const text = composer.unsynced();
  if (text === null) return;
  const params = { path: { id: conversation } };
  await answer(api.PUT('/inbox/api/conversations/{id}/draft', { params, body: { text } }))
    .then(() => composer.synced(text))
    .catch(() => undefined);
}
