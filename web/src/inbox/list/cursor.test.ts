import { describe, expect, it } from 'vitest';
import { along, trailFrom, indexNear, keepListed, move, NOTHING, NOWHERE, settle, toggle, upTo } from './cursor';

const IDS = ['a', 'b', 'c', 'd'];

it('finds an id wherever it is, and nothing that is not there', () => {
  for (const [around, id, index] of [
    [0, 'd', 3],
    [3, 'a', 0],
    [1, 'b', 1],
    [99, 'a', 0],
    [-1, 'c', 2],
    [2, 'x', -1],
  ] as const) {
    expect(indexNear(IDS, id, around)).toBe(index);
  }
  expect(indexNear([], 'a', 0)).toBe(-1);
});

describe('the cursor', () => {
  it('begins at the first row, and stays within the list', () => {
    expect(move(IDS, NOWHERE, 1)).toEqual({ id: 'a', index: 0 });
    expect(move(IDS, { id: 'd', index: 3 }, 1)).toEqual({ id: 'd', index: 3 });
    expect(move(IDS, { id: 'a', index: 0 }, -1)).toEqual({ id: 'a', index: 0 });
    expect(move(IDS, { id: 'b', index: 1 }, 99)).toEqual({ id: 'd', index: 3 });
    expect(move([], { id: 'b', index: 1 }, 1)).toEqual(NOWHERE);
  });

  it('goes with its row, and to what took the place of one that is gone', () => {
    expect(settle(['x', ...IDS], { id: 'b', index: 1 })).toEqual({ id: 'b', index: 2 });
    expect(settle(['a', 'c', 'd'], { id: 'b', index: 1 })).toEqual({ id: 'c', index: 1 });
    expect(settle(['a', 'b', 'c'], { id: 'd', index: 3 })).toEqual({ id: 'c', index: 2 });
    expect(settle([], { id: 'd', index: 3 })).toEqual({ id: null, index: 3 });
  });

  it('skips nothing when the row that it stood on has gone', () => {
    expect(move(['a', 'c', 'd'], { id: 'b', index: 1 }, 1)).toEqual({ id: 'c', index: 1 });
    expect(move(['a', 'c', 'd'], { id: 'b', index: 1 }, -1)).toEqual({ id: 'a', index: 0 });
  });
});

describe('the way on from what is open', () => {
  const trail = trailFrom(IDS, 'b');
  it('leads to its neighbours of then, also when it has moved to the top since, or is gone', () => {
    expect(along(trail, ['b', 'a', 'c', 'd'], 1)).toEqual({ ids: IDS, index: 2 });
    expect(along(trail, ['a', 'c', 'd'], -1)).toEqual({ ids: IDS, index: 0 });
  });

  it('passes by what is gone, and ends where the list of then ended', () => {
    expect(along(trail, ['d', 'a'], 1)).toEqual({ ids: IDS, index: 3 });
    expect(along(trail, ['x', 'b'], 1)).toBe(null);
    expect(along(trailFrom(IDS, 'z'), IDS, 1)).toBe(null);
  });
});

describe('what is chosen', () => {
  it('grows and shrinks one by one, and by ranges either way', () => {
    let chosen = toggle(NOTHING, 'c');
    expect(chosen).toEqual({ ids: new Set(['c']), from: 'c' });
    chosen = upTo(IDS, chosen, 'a');
    expect([...chosen.ids].sort()).toEqual(['a', 'b', 'c']);
    chosen = upTo(IDS, chosen, 'd');
    expect([...chosen.ids].sort()).toEqual(['a', 'b', 'c', 'd']);
    chosen = toggle(chosen, 'b');
    expect([...chosen.ids].sort()).toEqual(['a', 'c', 'd']);
    expect(upTo(IDS, NOTHING, 'b').ids).toEqual(new Set(['b']));
  });

  it('lets go of what the list does not show any more', () => {
    const chosen = upTo(IDS, toggle(NOTHING, 'a'), 'c');
    expect(keepListed(chosen, IDS)).toBe(chosen);
    expect(keepListed(chosen, ['b', 'd']).ids).toEqual(new Set(['b']));
  });
});
