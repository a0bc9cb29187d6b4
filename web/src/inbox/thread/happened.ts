/** What happened to a conversation, in words. */
import { worldTime } from '../../shared/time';
import { t, type Key } from '../../shared/words';
import { record, word, type EventKind, type Message } from './content/shape';
import type { Happening } from './facts';

type Names = ReadonlyMap<string, string>;

/** An event of the platform that stands in the thread. */
export function told(message: Message, person: string): string {
  const raw = record(message.content?.raw);
  switch (message.kind as EventKind) {
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
  }
}

/** An act of an agent, or what came of itself. Names are those of agents and teams. */
export function happened({ kind, agent, subject, detail }: Happening, names: Names): string {
  const by = agent ? (names.get(agent) ?? t('talk.formerAgent')) : null;
  const whom = (subject && names.get(subject)) || t('talk.formerAgent');
  // What nobody did came of itself, and is said without anybody.
  const say = (own: Key, self: Key, values: Record<string, string> = {}) =>
    by === null ? t(self, values) : t(own, { by, ...values });
  switch (kind) {
    case 'assigned':
      if (agent && agent === subject) return t('talk.happened.took', { by: by ?? whom });
      return say('talk.happened.assigned', 'talk.happened.given', { whom });
    case 'team':
      return say('talk.happened.assigned', 'talk.happened.given', { whom });
    case 'unassigned':
      return say('talk.happened.unassigned', 'talk.happened.unassignedSelf');
    case 'snoozed': {
      const until = Number(detail);
      const time = worldTime(Number.isFinite(until) ? until : 0);
      return say('talk.happened.snoozed', 'talk.happened.snoozedSelf', { time });
    }
    case 'returned':
      return t('talk.happened.returned');
    case 'resolved':
      return say('talk.happened.resolved', 'talk.happened.resolvedSelf');
    case 'reopened':
      return say('talk.happened.reopened', 'talk.happened.reopenedSelf');
    case 'labelled':
      return say('talk.happened.labelled', 'talk.happened.labelledSelf', { label: detail ?? '' });
    case 'unlabelled':
      return say('talk.happened.unlabelled', 'talk.happened.unlabelledSelf', { label: detail ?? '' });
    case 'prioritised': {
      const level = (['0', '1', '2', '3'] as const).find((one) => one === detail) ?? '0';
      const priority = t(`talk.priority.${level}`);
      return say('talk.happened.prioritised', 'talk.happened.prioritisedSelf', { priority });
    }
    case 'standby':
      return t('talk.happened.standby');
    case 'handed_over':
      return t('talk.happened.handed_over');
    default:
      return t('talk.unknown', { kind: String(kind) });
  }
}
