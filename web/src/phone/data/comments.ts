/** Comments as they are read: each followed by its answers, both oldest first. */
import type { Schemas } from '../../shared/api/client';

export type Comment = Schemas['CommentView'];

/** Comments with how deep they stand: 0, or 1 below the one that they answer. */
export function nested(oldestFirst: readonly Comment[]): { comment: Comment; depth: 0 | 1 }[] {
  const there = new Set(oldestFirst.map((comment) => comment.id));
  const top = (comment: Comment) => !comment.parent_id || !there.has(comment.parent_id);
  return oldestFirst
    .filter(top)
    .flatMap((comment) => [
      { comment, depth: 0 as const },
      ...oldestFirst.filter((it) => it.parent_id === comment.id).map((it) => ({ comment: it, depth: 1 as const })),
    ]);
}
