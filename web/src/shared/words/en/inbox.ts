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
} as const;
