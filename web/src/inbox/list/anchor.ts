/** What keeps the eye where it is while rows come and go above it: pure. */
import { indexNear } from './cursor';

/** Rows at the upper edge that are looked at: one of them may be the one that moved. */
const LOOKED_AT = 3;

/** By how many rows the list has moved under the upper edge, where `first` is the first row that is seen. */
export function shift(before: readonly string[], after: readonly string[], first: number): number {
  let least: number | null = null;
  for (let index = first; index < Math.min(first + LOOKED_AT, before.length); index++) {
    const now = indexNear(after, before[index]!, index);
    if (now < 0) continue;
    const moved = now - index;
    if (least === null || Math.abs(moved) < Math.abs(least)) least = moved;
  }
  return least ?? 0;
}

/** How many unread conversations came to stand above `mark`, which was the first one when the eye left the top. */
export function freshAbove(all: readonly { id: string; unread: number; last_time: number }[], mark: number): number {
  let count = 0;
  for (const one of all) {
    if (one.last_time <= mark) break;
    if (one.unread > 0) count++;
  }
  return count;
}
