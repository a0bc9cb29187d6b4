import { describe, expect, it } from 'vitest';
import type { Message } from './content/shape';
import type { Happening, Note, Out } from './facts';
import { reuse, rows, type Facts, type Row } from './rows';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Noon, wherever the test runs. */
const NOON = new Date(2026, 10, 26, 12).getTime();

let seq = 0;
const message = (mid: string, time: number, part: Partial<Message> = {}): Message => {
  seq += 1;
  return {
    mid,
    seq,
    sent_time: NOON + time,
    side: 'person',
    kind: 'text',
    text: mid,
    content: null,
    edits: 0,
    agent: null,
    ...part,
  };
};
const note = (id: string, time: number): Note => ({
  id,
  agent: '7',
  text: id,
  mentions: [],
  created_time: NOON + time,
});
const happening = (number: number, time: number): Happening => ({
  seq: number,
  kind: 'resolved',
  agent: '7',
  subject: null,
  detail: null,
  created_time: NOON + time,
});
const out = (key: string, time: number, part: Partial<Out> = {}): Out => ({
  key,
  time: NOON + time,
  agent: '7',
  body: { kind: 'text', text: key },
  failed: false,
  state: 'sending',
  entry: null,
  previews: [],
  ...part,
});

const facts = (part: Partial<Facts>): Facts => ({
  messages: [],
  more: false,
  reactions: [],
  notes: [],
  happenings: [],
  outs: [],
  seen: null,
  firstNew: null,
  personTime: null,
  now: NOON,
  ...part,
});

/** A row in short: what it is, and what of it matters. */
function short(row: Row): string {
  switch (row.is) {
    case 'message':
    case 'out': {
      const key = row.is === 'message' ? row.key : row.out.key;
      return `${key}${row.first ? '[' : ''}${row.last ? ']' : ''}`;
    }
    case 'events':
      return `(${row.events.map((event) => (event.is === 'window' ? event.state : event.key)).join(' ')})`;
    case 'note':
      return `note ${row.note.id}`;
    default:
      return row.is;
  }
}
const shown = (part: Partial<Facts>) => rows(facts(part)).map(short);

describe('the rows of a thread', () => {
  it('stand in the order of time, each group by one author within two minutes', () => {
    const ours = { side: 'business', agent: '7' } as const;
    const messages = [
      message('a', 0),
      message('b', MINUTE),
      message('c', 4 * MINUTE),
      message('d', 5 * MINUTE, ours),
      message('e', 5.5 * MINUTE, ours),
      message('f', 6 * MINUTE, { ...ours, agent: '8' }),
      message('g', 6.5 * MINUTE, { kind: 'unsent', text: null }),
      message('h', 7 * MINUTE),
    ];
    expect(shown({ messages })).toEqual(['day', 'a[', 'b]', 'c[]', 'd[', 'e]', 'f[]', 'g[]', 'h[]']);
  });

  it('have notes and what happened between the messages, neighbours of which are one row', () => {
    const messages = [message('a', 0), message('b', 30_000), message('c', DAY)];
    const part = {
      messages,
      notes: [note('n', 20_000)],
      happenings: [happening(1, MINUTE), happening(2, 2 * MINUTE)],
      firstNew: 'c',
    };
    expect(shown(part)).toEqual(['day', 'a[]', 'note n', 'b[]', '(event 1 event 2)', 'day', 'new', 'c[]']);
  });

  it('leave out what is older than the messages that are there', () => {
    const part = { messages: [message('a', 0)], notes: [note('old', -HOUR)], happenings: [happening(1, -HOUR)] };
    expect(shown({ ...part, more: true })).toEqual(['day', 'a[]']);
    expect(shown(part)).toEqual(['day', 'note old', '(event 1)', 'a[]']);
  });

  it('keep what failed where it was written, and what leaves at the end, however the clocks stand', () => {
    const messages = [message('a', 0), message('b', 10 * MINUTE)];
    const outs = [
      out('failed', 5 * MINUTE, { failed: true, state: 'failed' }),
      out('one', 8 * MINUTE),
      out('two', 8 * MINUTE, { state: 'waiting' }),
    ];
    expect(shown({ messages, outs })).toEqual(['day', 'a[]', 'failed[]', 'b[]', 'one[', 'two]']);
  });

  it('say where the window shut: in the past, and since the newest act', () => {
    const messages = [message('a', -20 * DAY), message('b', -8 * DAY)];
    const closed = { messages, personTime: NOON - 8 * DAY };
    expect(shown(closed).filter((row) => row.startsWith('('))).toEqual(['(closed)', '(human_agent)', '(closed)']);
    const at = (age: number) =>
      shown({ messages: [message('x', -age)], personTime: NOON - age }).filter((row) => row.startsWith('('));
    expect(at(DAY)).toEqual([]);
    expect(at(DAY + 1)).toEqual(['(human_agent)']);
    expect(at(7 * DAY)).toEqual(['(human_agent)']);
    expect(at(7 * DAY + 1)).toEqual(['(human_agent)', '(closed)']);
  });

  it('carry what belongs to a message: what it answers, reactions, and that it was seen', () => {
    const first = message('a', 0);
    const messages = [first, message('b', HOUR, { content: { reply_to: 'a' } })];
    const reactions = [
      { mid: 'b', side: 'person' as const, emoji: '❤' },
      { mid: 'a', side: 'business' as const, emoji: null },
    ];
    const [, a, b] = rows(facts({ messages, reactions, seen: 'a' }));
    expect(a).toMatchObject({ seen: true, reactions: [], answered: null });
    expect(b).toMatchObject({ seen: false, reactions: [reactions[0]], answered: first });
  });

  it('are the same objects as before where they say the same', () => {
    const messages = [message('a', 0), message('b', HOUR)];
    const happenings = [happening(1, 2 * HOUR)];
    const before = rows(facts({ messages, happenings }));
    expect(reuse(before, rows(facts({ messages, happenings })))).toBe(before);
    const after = reuse(before, rows(facts({ messages: [...messages, message('c', HOUR + 1)], happenings })));
    expect(after.map((row) => before.includes(row))).toEqual([true, true, false, false, true]);
    const unsent = [{ ...messages[0]!, kind: 'unsent', text: null }, messages[1]!];
    expect(reuse(before, rows(facts({ messages: unsent, happenings })))[1]).not.toBe(before[1]);
  });
});
