/** Pages of a list, kept as the desk would answer them now: pure, so that random news can be held against a fresh load. */
import type { InfiniteData } from '@tanstack/react-query';
import type { Schemas } from '../data/api';
import { comparePlaces, sortTime, type Conversation, type Place } from '../data/conversation';
import type { Scope } from '../data/scope';

export type Page = Schemas['Page'];
export type Pages = InfiniteData<Page>;
type View = Scope['view'];

const placeOf = (view: View, conversation: Conversation): Place => ({
  time: sortTime(view, conversation),
  id: conversation.id,
});

/** The place behind which the next page begins. */
function readPlace(next: string): Place {
  const [time = '', id = ''] = next.split('_');
  return { time: Number(time), id };
}

/** Takes conversations out of the pages that have them; other pages stay the very same. */
function without(pages: readonly Page[], ids: ReadonlySet<string>): Page[] {
  return pages.map((page) =>
    page.items.some((item) => ids.has(item.id))
      ? { ...page, items: page.items.filter((item) => !ids.has(item.id)) }
      : page,
  );
}

/** The page in which a place lies: the first that ends behind it. */
function pageAt(view: View, pages: readonly Page[], place: Place): number {
  const found = pages.findIndex(({ items }) => {
    const last = items.at(-1);
    return last !== undefined && comparePlaces(view, place, placeOf(view, last)) < 0;
  });
  return found < 0 ? pages.length - 1 : found;
}

/** Whether a page that was not read yet will bring it. */
function comesLater(view: View, pages: readonly Page[], place: Place): boolean {
  const next = pages.at(-1)?.next;
  return typeof next === 'string' && comparePlaces(view, place, readPlace(next)) > 0;
}

/** Of two readings of one conversation, the newer one; of two equal ones the second. */
const newer = (a: Conversation | undefined, b: Conversation) => (a && a.seq > b.seq ? a : b);

function knownOf(pages: readonly Page[], ids: ReadonlySet<string>): Map<string, Conversation> {
  const known = new Map<string, Conversation>();
  for (const { items } of pages) for (const item of items) if (ids.has(item.id)) known.set(item.id, item);
  return known;
}

/** The pages after news of `ids`, of which the list shows `found`: those move to their places, and the others leave. */
export function patch(data: Pages, view: View, ids: readonly string[], found: readonly Conversation[]): Pages {
  const named = new Set([...ids, ...found.map((one) => one.id)]);
  const known = knownOf(data.pages, named);
  const pages = without(data.pages, named);
  for (const answered of found) {
    const one = newer(known.get(answered.id), answered);
    const place = placeOf(view, one);
    if (pages.length === 0 || comesLater(view, pages, place)) continue;
    const at = pageAt(view, pages, place);
    const { items } = pages[at]!;
    const index = items.findIndex((item) => comparePlaces(view, place, placeOf(view, item)) < 0);
    const where = index < 0 ? items.length : index;
    pages[at] = { ...pages[at]!, items: [...items.slice(0, where), one, ...items.slice(where)] };
  }
  return { ...data, pages };
}

/**
 * What stands in the cache after a page was read: pages that were patched while it was on its way stay as they are, and what
 * moved up from it meanwhile is not shown twice.
 */
export function merge(old: Pages | undefined, fresh: Pages): Pages {
  if (!old || fresh.pages.length <= old.pages.length) return fresh;
  const added = fresh.pages.slice(old.pages.length);
  const known = new Set(old.pages.flatMap(({ items }) => items.map((item) => item.id)));
  const rest = added.map((page) => ({ ...page, items: page.items.filter((item) => !known.has(item.id)) }));
  return { ...fresh, pages: [...old.pages, ...rest] };
}

/** All conversations of the pages, in order. */
export const flat = (data: Pages): Conversation[] => data.pages.flatMap(({ items }) => items);
