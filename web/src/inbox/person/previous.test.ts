import { expect, it } from 'vitest';
import { previous, type Happening } from './previous';

const happening = (seq: number, kind: Happening['kind']): Happening => ({ seq, kind, created_time: seq * 1_000 });

it('tells of resolving and reopening, newest first and each once', () => {
  const pages = [
    { happenings: [happening(4, 'reopened'), happening(5, 'assigned'), happening(6, 'resolved')] },
    { happenings: [happening(2, 'resolved'), happening(4, 'reopened')] },
  ];
  expect(previous(pages).map(({ seq }) => seq)).toEqual([6, 4, 2]);
  expect(previous([])).toEqual([]);
});
