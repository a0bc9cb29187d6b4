import { expect, it } from 'vitest';
import { readPanes, within } from './layout';

it('takes what was kept as far as it makes sense', () => {
  const usual = { list: { folded: false, width: null }, person: { folded: false, width: null } };
  for (const text of [null, '', '{', '{"list":{"folded":1,"width":"wide"}}']) expect(readPanes(text)).toEqual(usual);
  expect(readPanes('{"list":{"folded":true,"width":9999},"person":{"width":270.4}}')).toEqual({
    list: { folded: true, width: 520 },
    person: { folded: false, width: 270 },
  });
  expect([within('list', 10), within('person', 10)]).toEqual([280, 260]);
});
