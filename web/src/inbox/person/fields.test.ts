import { expect, it } from 'vitest';
import { withField, without, wrongWith } from './fields';

const all = [
  { name: 'Size', value: 'M' },
  { name: 'Order', value: '1041' },
];

it('says what is wrong with a field', () => {
  expect(wrongWith(all, null, { name: ' ', value: 'x' })).toBe('empty');
  expect(wrongWith(all, null, { name: ' Size ', value: 'x' })).toBe('taken');
  expect(wrongWith(all, 0, { name: 'Size', value: 'L' })).toBeNull();
  expect(wrongWith(all, null, { name: '🧶'.repeat(40), value: '' })).toBeNull();
  expect(wrongWith(all, null, { name: '🧶'.repeat(41), value: '' })).toBe('longName');
  expect(wrongWith(all, null, { name: 'a', value: 'x'.repeat(201) })).toBe('longValue');
});

it('changes one and leaves the others', () => {
  expect(withField(all, 0, { name: 'Size', value: ' L ' })).toEqual([{ name: 'Size', value: 'L' }, all[1]]);
  expect(withField(all, null, { name: 'Dog', value: 'Bo' })).toEqual([...all, { name: 'Dog', value: 'Bo' }]);
  expect(without(all, 0)).toEqual([all[1]]);
});
