/** What is offered while one writes: canned replies behind `/`, agents behind `@`. */

export interface Typed {
  /** What stands between the sign and the caret. */
  query: string;
  /** Where the sign is. */
  start: number;
}

/** A canned reply that is looked for: only where the text is nothing else. */
export function slash(text: string, caret: number): Typed | null {
  const found = /^\/([^\s/]*)$/.exec(text.slice(0, caret));
  return found && text.slice(caret).trim() === '' ? { query: found[1]!, start: 0 } : null;
}

/** Somebody who is named: behind an `@` that begins a word. */
export function at(text: string, caret: number): Typed | null {
  const found = /(^|[\s(])@([\p{L}\p{N}._-]*)$/u.exec(text.slice(0, caret));
  return found ? { query: found[2]!, start: found.index + found[1]!.length } : null;
}

/** Those that fit, the better ones first: what begins so, then what has a word that does, then what has it anywhere. */
export function matching<T>(all: readonly T[], query: string, names: (one: T) => readonly string[]): T[] {
  const wanted = query.toLowerCase();
  const rank = (one: T) => {
    const texts = names(one).map((name) => name.toLowerCase());
    if (texts.some((text) => text.startsWith(wanted))) return 0;
    if (texts.some((text) => text.split(/\s+/).some((word) => word.startsWith(wanted)))) return 1;
    return texts.some((text) => text.includes(wanted)) ? 2 : 3;
  };
  const ranked = all.map((one) => ({ one, rank: rank(one) })).filter((it) => it.rank < 3);
  return ranked.sort((a, b) => a.rank - b.rank).map((it) => it.one);
}

/** A text with a name in place of what was typed of it, and where the caret stands then. */
export function named(text: string, typed: Typed, caret: number, name: string): { text: string; caret: number } {
  const before = `${text.slice(0, typed.start)}@${name} `;
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length };
}

/** Pieces of a note: names that are written with an `@` are marked. The longest name that fits counts. */
export function pieces(text: string, names: readonly string[]): { text: string; name: boolean }[] {
  const known = [...names].filter(Boolean).sort((a, b) => b.length - a.length);
  if (known.length === 0) return [{ text, name: false }];
  const escaped = known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(@(?:${escaped.join('|')}))(?![\\p{L}\\p{N}])`, 'giu');
  return text.split(pattern).flatMap((part, index) => (part === '' ? [] : [{ text: part, name: index % 2 === 1 }]));
}
