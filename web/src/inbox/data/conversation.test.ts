import { describe, expect, it } from 'vitest';
import { belongs, compareIds, inverse, predict, type Change } from './conversation';
import { conversation } from './fixture';
import type { Scope } from './scope';

const HOUR = 3_600_000;
const NOW = 100 * HOUR;
const looking = { me: 'me', now: NOW, listed: false };

it('orders ids as the numbers that they are', () => {
  expect(['10', '9', '99', '100'].sort(compareIds)).toEqual(['9', '10', '99', '100']);
});

describe('a list', () => {
  const rows: [Scope, Partial<ReturnType<typeof conversation>>, boolean][] = [
    [{ view: 'all' }, { status: 'resolved' }, true],
    [{ view: 'all', status: 'open' }, { status: 'resolved' }, false],
    [{ view: 'all', label: 'l' }, { labels: ['k', 'l'] }, true],
    [{ view: 'all', label: 'l' }, {}, false],
    [{ view: 'all', team: 't' }, { team: 't' }, true],
    [{ view: 'all', connection: '2' }, {}, false],
    [{ view: 'all', assignee: 'ana' }, { assignee: 'ana' }, true],
    [{ view: 'mine' }, { assignee: 'me' }, true],
    [{ view: 'mine' }, { assignee: 'ana' }, false],
    [{ view: 'unassigned' }, {}, true],
    [{ view: 'unassigned' }, { assignee: 'me' }, false],
    [{ view: 'failed' }, { failed: 1 }, true],
    [{ view: 'failed' }, {}, false],
    [{ view: 'ending_soon' }, { person_time: NOW - 24 * HOUR }, true],
    [{ view: 'ending_soon' }, { person_time: NOW - 24 * HOUR - 1 }, false],
    [{ view: 'ending_soon' }, { person_time: NOW - HOUR, business_time: NOW - HOUR }, false],
    [{ view: 'ending_soon' }, { person_time: NOW - HOUR, business_time: NOW - 2 * HOUR }, true],
    [{ view: 'ending_soon' }, { person_time: NOW - HOUR, status: 'snoozed' }, false],
    [{ view: 'ending_soon' }, {}, false],
  ];
  it.each(rows)('%j shows %j: %s', (scope, values, shown) => {
    expect(belongs(conversation('1', values), scope, looking)).toBe(shown);
  });

  it('of mentions shows what it showed', () => {
    expect(belongs(conversation('1'), { view: 'mentions' }, { ...looking, listed: true })).toBe(true);
    expect(belongs(conversation('1'), { view: 'mentions' }, looking)).toBe(false);
  });
});

describe('a change', () => {
  const before = conversation('1', { labels: ['l'], unread: 2, assignee: 'ana', team: 't', priority: 1 });
  const changes: Change[] = [
    { do: 'resolve' },
    { do: 'snooze', until: NOW },
    { do: 'prioritise', priority: 3 },
    { do: 'assign', agent: 'ben' },
    { do: 'assign_team', team: 'u' },
    { do: 'unassign' },
    { do: 'label', label: 'k' },
    { do: 'unlabel', label: 'l' },
  ];
  it.each(changes)('%j is taken back', (change) => {
    const after = predict(before, change);
    expect(after).not.toEqual(before);
    const back = inverse(before, change).reduce(predict, after);
    expect({ ...back, snoozed_until: undefined }).toEqual({ ...before, snoozed_until: undefined });
  });

  it('that changes nothing needs no way back', () => {
    expect(inverse(before, { do: 'label', label: 'l' })).toEqual([]);
    expect(inverse(before, { do: 'unlabel', label: 'k' })).toEqual([]);
    expect(inverse(before, { do: 'prioritise', priority: 1 })).toEqual([]);
    expect(inverse(before, { do: 'mark_unread' })).toEqual([]);
    expect(inverse(conversation('1'), { do: 'mark_read' })).toEqual([]);
  });

  it('of what is read shows at once', () => {
    expect(predict(before, { do: 'mark_read' }).unread).toBe(0);
    expect(predict(conversation('1'), { do: 'mark_unread' }).unread).toBe(1);
    expect(inverse(before, { do: 'mark_read' })).toEqual([{ do: 'mark_unread' }]);
  });
});
