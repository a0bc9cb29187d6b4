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
  const [said, setSaid] = useState<{ key: string; text: string }[]>([]);
  if (newest > known) {
    const arrived = messages.filter((message) => message.seq > known && message.agent !== me);
    setKnown(newest);
    const lines = arrived.map((message) => ({
      key: message.mid,
      text: t('talk.arrived', {
        name: message.side === 'person' ? person : t('talk.us'),
        text: line(message),
      }),
    }));
    setSaid((before) => [...before, ...lines].slice(-KEPT));
  }
  return (
    <div role="log" aria-label={t('talk.arrivals')} className="sr-only">
      {said.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
