/** English of the inbox's frame: what stands around its panes, its actions, and coming in. */
export const inbox = {
  'inbox.title': 'Inbox',
  'inbox.rail': 'Inbox',
  'inbox.settings': 'Settings',
  'inbox.comments': 'Comments',
  'inbox.me': 'You: {name}',
  'inbox.palette': 'All actions',
  'inbox.lost':
    'No connection since {time}. You can read what is here; what you send waits until the inbox is reached again.',
  'inbox.crash': 'This part of the inbox stopped because of an error in the page.',

  'inbox.undo': 'Undo',
  'inbox.done.resolve': { one: 'Resolved', other: 'Resolved {count} conversations' },
  'inbox.done.reopen': { one: 'Reopened', other: 'Reopened {count} conversations' },
  'inbox.done.snooze': { one: 'Snoozed', other: 'Snoozed {count} conversations' },
  'inbox.done.other': { one: 'Changed', other: 'Changed {count} conversations' },
  'inbox.failedOne': '{name} was not changed: {why}',
  'inbox.failedMany': {
    one: '{count} conversation was not changed: {why}',
    other: '{count} conversations were not changed: {why}',
  },
} as const;
