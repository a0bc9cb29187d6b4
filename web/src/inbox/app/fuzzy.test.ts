import { expect, it } from 'vitest';
import { best, fits } from './fuzzy';

it('finds beginnings before middles before scattered letters, and nothing where a letter is missing', () => {
  const rows = ['Reopen', 'Mark as read', 'Assign to me', 'Résumé', 'Bread'];
  expect(best('re', rows, String)).toEqual(['Reopen', 'Résumé', 'Mark as read', 'Bread']);
  expect(best('amr', rows, String)).toEqual([]);
  expect(best('as me', rows, String)).toEqual(['Assign to me']);
  expect(best('resume', rows, String)).toEqual(['Résumé']);
  expect(best('', rows, String)).toEqual(rows);
  expect(['atm', 'asme', 'gm', 'sn'].map((word) => fits(word, 'Assign to me'))).toEqual([1, 1, 0, 0]);
});
