import { expect, it } from 'vitest';
import type { Schemas } from '../data/api';
import { conversation } from '../data/fixture';
import { initials, personName, rowOf, type Facts } from './row';
import { snippetLine, type Snippet } from './snippet';

const said = (values: Partial<Snippet>): Snippet => ({ kind: 'text', side: 'person', time: 0, ...values });
const who = { me: '1', agent: (id: string) => ({ '1': 'Ana', '2': 'Ben' })[id] ?? '?', account: 'harbor.knits' };

it('says what the newest thing is, and whose', () => {
  const rows: [Partial<Snippet>, string][] = [
    [{ text: 'Hello\n there ' }, 'Hello there'],
    [{ text: 'Hi', side: 'business', agent: '1' }, 'You: Hi'],
    [{ text: 'Hi', side: 'business', agent: '2' }, 'Ben: Hi'],
    [{ text: 'Hi', side: 'business' }, 'harbor.knits: Hi'],
    [{ kind: 'image' }, 'Photo'],
    [{ kind: 'image', text: 'like this' }, 'Photo: like this'],
    [{ kind: 'image', side: 'business', agent: '1' }, 'You: Photo'],
    [{ kind: 'story_reply', text: 'So nice' }, 'Story reply: So nice'],
    [{ kind: 'story_mention' }, 'Mentioned you in a story'],
    [{ kind: 'postback', text: 'Prices' }, 'Tapped “Prices”'],
    [{ kind: 'postback' }, 'Tapped a button'],
    [{ kind: 'note', side: null, agent: '2', text: 'Is this ours?' }, 'Note from Ben: Is this ours?'],
    [{ kind: 'note', side: null, agent: '1', text: 'Yes' }, 'Your note: Yes'],
    [{ kind: 'reaction', emoji: '❤', text: 'Thanks' }, 'Reacted ❤ to “Thanks”'],
    [{ kind: 'reaction', emoji: '❤' }, 'Reacted ❤'],
    [{ kind: 'reaction', emoji: '❤', side: 'business', agent: '1' }, 'You reacted ❤'],
    [{ kind: 'unsent' }, 'Unsent a message'],
    [{ kind: 'unsent', side: 'business', agent: '2' }, 'Ben: Unsent a message'],
    [{ kind: 'control_passed', side: 'business' }, 'Thread handed to another app'],
    [{ kind: 'hologram' }, 'Message of another kind'],
  ];
  for (const [values, line] of rows) expect(snippetLine(said(values), who)).toBe(line);
  expect(snippetLine(null, who)).toBe('No message yet');
});

it('has for every kind that the desk tells a line of its own', () => {
  const kinds =
    'image video audio file share reel story_mention story_share template ephemeral like_heart referral optin feedback control_passed control_taken control_requested unsupported'.split(
      ' ',
    );
  for (const kind of kinds) expect(snippetLine(said({ kind }), who)).not.toBe('Message of another kind');
});

const label = (id: string): Schemas['Label'] => ({ id, name: id, colour: 'teal' });
const facts: Facts = {
  me: '1',
  agents: new Map([['1', { name: 'Ana Lima' } as Schemas['Agent']]]),
  teams: new Map(),
  labels: new Map(['a', 'b', 'c', 'd'].map((id) => [id, label(id)])),
  connections: new Map([['1', { username: 'harbor.knits' } as Schemas['Connection']]]),
};

it('is a row with two labels at most, and what more there is', () => {
  const row = rowOf(conversation('7', { assignee: '1', labels: ['a', 'b', 'c', 'd', 'gone'], unread: 3 }), facts);
  expect(row.labels.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(row).toMatchObject({ more: 2, unread: true, account: null, assignee: { initials: 'AL', mine: true } });
  const two = new Map([...facts.connections, ['2', { username: 'other' } as Schemas['Connection']]]);
  expect(rowOf(conversation('7'), { ...facts, connections: two }).account).toBe('harbor.knits');
  const snoozed = conversation('7', { status: 'snoozed', snoozed_until: 9, assignee: '5' });
  expect(rowOf(snoozed, facts)).toMatchObject({ snoozedUntil: 9, assignee: { name: '?' } });
});

it('calls people by what is known of them', () => {
  expect(personName({ profile: { name: 'Mira', username: 'mira.paints' }, customer: '9' })).toBe('Mira');
  expect(personName({ profile: { name: '', username: 'mira.paints' }, customer: '9' })).toBe('mira.paints');
  expect(personName({ profile: {}, customer: '9' })).toBe('9');
  expect(['Ana', 'ana maria lima', '', '😀 x'].map(initials)).toEqual(['A', 'AM', '?', '😀X']);
});
