import { expect, it } from 'vitest';
import { Notices } from './notices';

it('lets go of what was done, and keeps what failed until it is put away', () => {
  const timers: (() => void)[] = [];
  const notices = new Notices((run) => timers.push(run));
  notices.tell({ text: 'Resolved', failed: false });
  notices.tell({ text: 'Snoozed', failed: false });
  timers[0]!();
  expect(notices.current()?.text).toBe('Snoozed');
  timers[1]!();
  expect(notices.current()).toBe(null);
  notices.tell({ text: 'No room', failed: true });
  expect(timers.length).toBe(2);
  notices.dismiss(notices.current()!.id);
  expect(notices.current()).toBe(null);
});
