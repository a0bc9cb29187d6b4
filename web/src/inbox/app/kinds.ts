/** The names under which the stream tells things: entries of the log, and whispers, which have no number. */

export const KINDS = [
  'account',
  'agent',
  'assigned',
  'canned_replies',
  'comment',
  'connection',
  'conversation',
  'import',
  'labelled',
  'labels',
  'mention',
  'message',
  'note',
  'outbox',
  'person',
  'prioritised',
  'reaction',
  'reopened',
  'resolved',
  'returned',
  'seen',
  'snoozed',
  'teams',
  'views',
  'workspace',
] as const;

export const WHISPERS = ['presence', 'clock'] as const;
