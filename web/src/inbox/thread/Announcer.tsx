import { useState } from 'react';
import { t } from '../../shared/words';
import type { Message } from './content/shape';
import { line } from './line';

/** So many of what arrived stand in the log that is read out. */
const KEPT = 5;

/** Reads out what arrives while one looks, by whomever but oneself. Older pages that are paged in are not news. */
export function Announcer({ messages, me, person }: { messages: readonly Message[]; me: string; person: string }) {
  const newest = messages.reduce((last, message) => Math.max(last, message.seq), 0);
  const [known, setKnown] = useState(newest);
  const [said, setSaid] = useState<{ key: string; text: string; unsent: boolean }[]>([]);
  if (newest > known) {
    const arrived = messages.filter((message) => message.seq > known && message.agent !== me);
    setKnown(newest);
    const lines = arrived.map((message) => ({
      key: message.mid,
      unsent: message.kind === 'unsent',
      text: t('talk.arrived', {
        name: message.side === 'person' ? person : t('talk.us'),
        text: line(message),
      }),
    }));
    setSaid((before) => [...before, ...lines].slice(-KEPT));
  }
  // What was said of a message goes with it when it is unsent.
  const gone = new Set(messages.flatMap((message) => (message.kind === 'unsent' ? [message.mid] : [])));
  const standing = said.filter(({ key, unsent }) => unsent || !gone.has(key));
  return (
    <div role="log" aria-label={t('talk.arrivals')} className="sr-only">
      {standing.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
