import { expect, it } from 'vitest';
import { told, words } from './arrival';

it('tells of a link, an ad or a product, and leaves out what is not there', () => {
  expect(told(null)).toEqual({});
  expect(told({ by: 'link', ref: 'spring' })).toEqual({ ref: 'spring' });
  expect(told({ by: 'ad', id: '7', title: '', ref: '' })).toEqual({ ad: { ad_id: '7' } });
  expect(told({ by: 'ad', id: '7', title: 'Sale', ref: 'r' })).toEqual({
    ad: { ad_id: '7', ad_title: 'Sale', ref: 'r' },
  });
  expect(told({ by: 'product', id: '9' })).toEqual({ product: '9' });
  expect(words({ by: 'ad', id: '7', title: 'Sale', ref: '' })).toBe('the ad Sale');
});
