/** Finding a row by a few letters of it: pure. */

/** Small letters without their marks. */
export const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

const isLetter = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
const begins = (text: string, at: number) => isLetter(text[at]) && !isLetter(text[at - 1]);

/** Whether the letters of `word` are the first ones of words in `text`, each with some that follow it: `asme` of `assign to me`. */
function isShort(word: string, text: string, from = 0): boolean {
  if (word === '') return true;
  for (let at = from; at < text.length; at++) {
    if (text[at] === word[0] && (begins(text, at) || (at === from && from > 0)) && isShort(word.slice(1), text, at + 1))
      return true;
  }
  return false;
}

/** How well one word of a search stands in a text: as its beginning, as that of a word, within one, as first letters. */
function wordScore(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 4;
  if (at > 0) return begins(text, at) ? 3 : 2;
  return isShort(word, text) ? 1 : 0;
}

/** How well a search fits a text; 0 where a word of it does not stand there at all. */
export function fits(search: string, text: string): number {
  const words = plain(search).split(/\s+/).filter(Boolean);
  const whole = plain(text);
  let sum = 0;
  for (const word of words) {
    const score = wordScore(word, whole);
    if (score === 0) return 0;
    sum += score;
  }
  return words.length === 0 ? 1 : sum / words.length;
}

/** The rows that fit, the best first; of equal ones those that were there first. */
export function best<T>(search: string, rows: readonly T[], text: (row: T) => string): T[] {
  const scored = rows.map((row, index) => ({ row, index, score: fits(search, text(row)) }));
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ row }) => row);
}
