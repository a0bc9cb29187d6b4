import { expect, it } from 'vitest';
import { STORY, posts, stories, type Post } from './posts';

const post = (id: string, media_product_type: string, timestamp: string): Post => ({
  id,
  media_product_type,
  timestamp,
  caption: '',
  url: '',
  comments: [],
});
const MEDIA = [
  post('3', 'STORY', '2026-11-26T02:00:00Z'),
  post('2', 'STORY', '2026-11-26T01:00:00Z'),
  post('1', 'FEED', '2026-11-25T00:00:00Z'),
];

it('tells stories from posts, and shows them for a day', () => {
  const ids = (now: string, later = 0) => stories(MEDIA, Date.parse(now) + later).map((story) => story.id);
  expect(ids('2026-11-26T03:00:00Z')).toEqual(['2', '3']);
  expect(ids('2026-11-26T01:00:00Z', STORY)).toEqual(['2', '3']);
  expect(ids('2026-11-26T01:00:00Z', STORY + 1)).toEqual(['3']);
  expect(posts(MEDIA).map((it) => it.id)).toEqual(['1']);
});
