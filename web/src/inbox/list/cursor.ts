/** Where the keyboard is in a list, and what is chosen in it: pure. */

/** The row that the keyboard is at, and where that row stood when it was last seen. */
export interface Cursor {
  id: string | null;
  index: number;
}

export const NOWHERE: Cursor = { id: null, index: -1 };

/** Where an id stands; looked for around a place where it is likely to be. */
export function indexNear(ids: readonly string[], id: string, around: number): number {
  const middle = Math.min(Math.max(around, 0), ids.length - 1);
  for (let step = 0; step < ids.length; step++) {
    if (ids[middle + step] === id) return middle + step;
    if (ids[middle - step] === id) return middle - step;
    if (middle - step < 0 && middle + step >= ids.length) return -1;
  }
  return -1;
}

/** The cursor in the list as it is now: where its row is gone, what took its place. */
export function settle(ids: readonly string[], { id, index }: Cursor): Cursor {
  if (ids.length === 0) return { id: null, index };
  const found = id === null ? -1 : indexNear(ids, id, index);
  if (found >= 0) return { id, index: found };
  const at = Math.min(Math.max(index, 0), ids.length - 1);
  return { id: ids[at]!, index: at };
}

/** The cursor `by` rows on. From a row that is gone, one step leads to what took its place. */
export function move(ids: readonly string[], { id, index }: Cursor, by: number): Cursor {
  if (ids.length === 0) return NOWHERE;
  const found = id === null ? -1 : indexNear(ids, id, index);
  const from = found >= 0 ? found : by > 0 ? index - 1 : index;
  const at = Math.min(Math.max(from + by, 0), ids.length - 1);
  return { id: ids[at]!, index: at };
}

/** The list as it stood when a conversation was opened, and where that one stood: the way on, whatever moves meanwhile. */
export interface Trail {
  ids: readonly string[];
  index: number;
}

/** The way that begins at a conversation. */
export const trailFrom = (ids: readonly string[], id: string): Trail => ({ ids, index: ids.indexOf(id) });

/** One step on the way, past what the list does not show any more; null where the way ends. */
export function along({ ids, index }: Trail, listed: readonly string[], by: number): Trail | null {
  if (index < 0) return null;
  for (let at = index + Math.sign(by); at >= 0 && at < ids.length; at += Math.sign(by)) {
    if (indexNear(listed, ids[at]!, at) >= 0) return { ids, index: at };
  }
  return null;
}

/** What is chosen, and from where a range begins. */
export interface Chosen {
  ids: ReadonlySet<string>;
  from: string | null;
}

export const NOTHING: Chosen = { ids: new Set(), from: null };

/** Chooses a row, or not any more. */
export function toggle({ ids }: Chosen, id: string): Chosen {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, from: id };
}

/** Chooses everything from where the last choice was up to a row. */
export function upTo(all: readonly string[], chosen: Chosen, id: string): Chosen {
  const from = chosen.from === null ? -1 : all.indexOf(chosen.from);
  const to = all.indexOf(id);
  if (from < 0 || to < 0) return toggle(chosen, id);
  const range = all.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...chosen.ids, ...range]), from: chosen.from };
}

/** Lets go of what the list does not show any more; the very same where nothing is gone. */
export function keepListed(chosen: Chosen, all: readonly string[]): Chosen {
  if (chosen.ids.size === 0) return chosen;
  const listed = new Set(all);
  const ids = [...chosen.ids].filter((id) => listed.has(id));
  return ids.length === chosen.ids.size ? chosen : { ids: new Set(ids), from: chosen.from };
}
