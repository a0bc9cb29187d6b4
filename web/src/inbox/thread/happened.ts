/** What happened to a conversation, in words. */
import { worldTime } from '../../shared/time';
import { t } from '../../shared/words';
import { record, word, type Message } from './content/shape';
import type { Happening } from './facts';

type Names = ReadonlyMap<string, string>;

/** An event of the platform that stands in the thread. */
export function told(message: Message, person: string): string {
  const raw = record(message.content?.raw);
  switch (message.kind) {
    case 'control_passed':
      return t('talk.controlPassed');
    case 'control_taken':
      return t('talk.controlTaken');
    case 'control_requested':
      return t('talk.controlRequested');
    case 'optin':
      return t('talk.optin', { name: person, title: word(record(raw['optin'])['title']) });
    case 'feedback': {
      const good = /good/i.test(word(record(raw['response_feedback'])['feedback']));
      return t(good ? 'talk.feedbackGood' : 'talk.feedbackBad', { name: person });
    }
    default:
      return t('talk.unknown', { kind: message.kind });
  }
}

/** An act of an agent, or of the desk itself. */
export function happened({ kind, agent, subject, detail }: Happening, names: Names): string {
  const who = agent ? (names.get(agent) ?? t('talk.formerAgent')) : null;
  const whom = subject ? (names.get(subject) ?? null) : null;
  const by = who ?? t('talk.theDesk');
  switch (kind) {
    case 'assigned':
      if (!subject && !detail) return t('talk.happened.unassigned', { by });
      if (agent && agent === subject) return t('talk.happened.took', { by });
      return t(who ? 'talk.happened.assigned' : 'talk.happened.given', { by, whom: whom ?? detail ?? '' });
    case 'snoozed': {
      const until = Number(detail);
      return Number.isFinite(until) && until > 0
        ? t('talk.happened.snoozedUntil', { by, time: worldTime(until) })
        : t('talk.happened.snoozed', { by });
    }
    case 'returned':
      return t('talk.happened.returned');
    case 'resolved':
      return t('talk.happened.resolved', { by });
    case 'reopened':
      return t('talk.happened.reopened', { by });
    case 'prioritised':
      return t('talk.happened.prioritised', { by });
    case 'labelled':
      return t('talk.happened.labelled', { by });
    default:
      return t('talk.happened.other', { by, kind });
  }
}
