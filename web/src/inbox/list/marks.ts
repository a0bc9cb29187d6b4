/** Where the words that were searched for stand in a text: pure. */

export interface Part {
  text: string;
  /** It is one of the words, or begins with one. */
  found: boolean;
}

/** Letters before the first word that are kept of a long text. */
const BEFORE = 24;

const escape = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The words as the desk takes them: letters and digits. */
export const wordsOf = (search: string) =>
  search
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 8);

/** A text in parts, those marked that begin with a word of the search; a long way before the first of them is left out. */
export function marks(text: string, search: string): Part[] {
  const line = text.replace(/\s+/g, ' ').trim();
  const words = wordsOf(search);
  if (words.length === 0) return [{ text: line, found: false }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escape).join('|')})`, 'giu');
  const parts: Part[] = [];
  let done = 0;
  for (const { 0: word, index } of line.matchAll(pattern)) {
    if (index > done) parts.push({ text: line.slice(done, index), found: false });
    parts.push({ text: word, found: true });
    done = index + word.length;
  }
  if (done < line.length) parts.push({ text: line.slice(done), found: false });
  const [first] = parts;
  if (first && !first.found && parts.length > 1 && first.text.length > BEFORE) {
    const kept = first.text.slice(-BEFORE);
    first.text = `…${kept.slice(kept.indexOf(' ') + 1)}`;
  }
  return parts;
}
