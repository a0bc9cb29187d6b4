import { expect, it } from 'vitest';
import { nested, type Comment } from './comments';

const comment = (id: string, parent_id?: string): Comment => ({
  id,
  text: id,
  from: 'mira',
  timestamp: '',
  ...(parent_id ? { parent_id } : {}),
});

it('puts answers below what they answer, and those of deleted comments on top', () => {
  const found = nested([comment('a'), comment('b'), comment('a1', 'a'), comment('x', 'deleted'), comment('a2', 'a')]);
  expect(found.map((it) => `${it.depth}${it.comment.id}`)).toEqual(['0a', '1a1', '1a2', '0b', '0x']);
});
