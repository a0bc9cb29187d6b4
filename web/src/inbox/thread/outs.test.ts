import { expect, it } from 'vitest';
import type { Schemas } from '../data/api';
import type { Sent } from './composer/sends';
import type { Message } from './content/shape';
import { outs, reactionsWith, unsettled } from './outs';
import { firstUnread, newestHere } from './seen';

const sent = (key: string, part: Partial<Sent> = {}): Sent => ({
  key,
  conversation: '1',
  body: { kind: 'text', text: key },
  lastSeen: null,
  after: 5,
  time: 10,
  files: [],
  state: 'taken',
  offline: false,
  ...part,
});
const entry = (client_key: string, part: Partial<Schemas['Outbox']> = {}): Schemas['Outbox'] => ({
  id: client_key,
  conversation: '1',
  agent: '7',
  client_key,
  body: { kind: 'text', text: client_key },
  state: 'queued',
  attempts: 0,
  mid: null,
  reason: null,
  sentence: null,
  code: null,
  subcode: null,
  created_time: 10,
  ...part,
});
const message = (mid: string, seq: number, part: Partial<Message> = {}): Message => ({
  mid,
  seq,
  sent_time: seq,
  side: 'person',
  kind: 'text',
  text: mid,
  content: null,
  edits: 0,
  agent: null,
  ...part,
});

it('shows what is on its way once, whoever knows of it', () => {
  const shown = outs([entry('a'), entry('f', { state: 'failed' })], [sent('a'), sent('b')], '7');
  expect(shown.map(({ key, state }) => `${key} ${state}`)).toEqual(['a sending', 'f failed', 'b sending']);
  const stuck = outs([], [sent('a', { state: 'waiting', offline: true }), sent('b', { state: 'waiting' })], '7');
  expect(stuck.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  const reactions = [entry('r', { body: { kind: 'reaction', mid: 'm', emoji: '!' } })];
  expect(outs(reactions, [], '7')).toEqual([]);
  expect(outs([{ ...reactions[0]!, state: 'failed' }], [], '7').length).toBe(1);
});

it('knows what stands among the messages already, each for one send', () => {
  const ours = (mid: string, seq: number, text: string) => message(mid, seq, { side: 'business', agent: '7', text });
  const waiting = [sent('yes'), sent('yes', { key: 'second', body: { kind: 'text', text: 'yes' } })];
  const left = (messages: Message[]) => unsettled(waiting, messages, '7').map(({ key }) => key);
  expect(left([])).toEqual(['yes', 'second']);
  expect(left([ours('m', 6, 'yes')])).toEqual(['second']);
  expect(left([ours('m', 6, 'yes'), ours('n', 7, 'yes')])).toEqual([]);
  // One that stood there before, another agent's, and another text are none of ours.
  expect(left([ours('m', 5, 'yes'), message('n', 6, { agent: '8', text: 'yes' }), ours('o', 7, 'no')]).length).toBe(2);
});

it('shows our reaction at once, in place of the one before', () => {
  const before = [
    { mid: 'm', side: 'person' as const, emoji: '❤' },
    { mid: 'm', side: 'business' as const, emoji: '!' },
  ];
  const after = reactionsWith(before, [entry('r', { body: { kind: 'reaction', mid: 'm', emoji: '?' } })]);
  expect(after.map(({ side, emoji }) => `${side} ${emoji}`)).toEqual(['person ❤', 'business ?']);
  expect(reactionsWith(before, [])).toBe(before);
});

it('knows what was not read, and the newest that a send can name', () => {
  const messages = [
    message('a', 1),
    message('b', 4, { side: 'business', agent: '7' }),
    message('c', 2),
    message('e', 3, { kind: 'optin' }),
  ];
  expect([firstUnread(messages, 0), firstUnread(messages, 1), firstUnread(messages, 9)]).toEqual([null, 'c', 'a']);
  expect(newestHere(messages, [], '7')).toEqual({ name: 'b', seq: 4 });
  expect(newestHere(messages, [entry('x', { agent: '8' }), entry('y')], '7')).toEqual({ name: 'outbox:x', seq: 4 });
  expect(newestHere(messages, [entry('x', { agent: '8', state: 'failed' })], '7')?.name).toBe('b');
  expect(newestHere([], [], '7')).toBe(null);
});
