import { expect, it } from 'vitest';
import { HOME, MOST, readDesk, writeDesk, type HandsetState } from './desk';

const desks: [string, HandsetState[]][] = [
  ['', [{ person: null, place: HOME }]],
  ['?h=mira.paints', [{ person: 'mira.paints', place: HOME }]],
  ['?h=mira.paints/@me', [{ person: 'mira.paints', place: { at: 'me' } }]],
  [
    '?h=mira.paints/harbor.knits&h=jonas_w/harbor.knits/posts/178&h=',
    [
      { person: 'mira.paints', place: { at: 'thread', account: 'harbor.knits' } },
      { person: 'jonas_w', place: { at: 'post', account: 'harbor.knits', media: '178' } },
      { person: null, place: HOME },
    ],
  ],
  [
    '?h=a/b/profile&h=a/b/story',
    [
      { person: 'a', place: { at: 'account', account: 'b' } },
      { person: 'a', place: { at: 'story', account: 'b' } },
    ],
  ],
];

it.each(desks)('%s is read and written back', (search, desk) => {
  expect(readDesk(search)).toEqual(desk);
  expect(writeDesk(desk)).toBe(search);
});

it('takes what people mistype for the nearest place', () => {
  expect(readDesk('?h=a/b/posts')).toEqual([{ person: 'a', place: { at: 'thread', account: 'b' } }]);
  expect(readDesk('?h=/b')).toEqual([{ person: null, place: HOME }]);
  expect(readDesk(`?${'h=a&'.repeat(20)}`)).toHaveLength(MOST);
});
