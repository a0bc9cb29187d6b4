import { expect, it } from 'vitest';
import { marks, wordsOf } from './marks';

const shown = (text: string, search: string) =>
  marks(text, search)
    .map(({ text, found }) => (found ? `[${text}]` : text))
    .join('');

it('marks words that begin with what was typed', () => {
  expect(shown('Blue merino, blueish', 'blu mer')).toBe('[Blu]e [mer]ino, [blu]eish');
  expect(shown('Overblue', 'blue')).toBe('Overblue');
  expect(shown('a+b (c)', '+ (c')).toBe('a+b ([c])');
  expect(shown('Über uns', 'über')).toBe('[Über] uns');
  expect(shown('هل لديكم اللون', 'لديك')).toBe('هل [لديك]م اللون');
});

it('leaves out a long way before the first of them', () => {
  const long = 'I have been thinking about this for quite a while now and want the blue one';
  expect(shown(long, 'blue')).toBe('…while now and want the [blue] one');
  expect(shown(long, 'nothing')).toBe(long);
});

it('takes words as the desk does', () => {
  expect(wordsOf(' a-b  c!')).toEqual(['a', 'b', 'c']);
  expect(wordsOf('…')).toEqual([]);
});
