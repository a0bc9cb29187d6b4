import { describe, expect, it } from 'vitest';
import { readFilter, readScope, writeScope, VIEWS, type Scope } from './scope';

describe('a scope', () => {
  it('comes back from an address as it went', () => {
    for (const view of VIEWS) {
      const scope: Scope = { view, status: 'snoozed', label: '17', team: '3' };
      expect(readScope(writeScope(scope))).toEqual(scope);
    }
  });

  it('leaves out what it does not know', () => {
    expect(readFilter({ status: 'lost', label: '', team: '7', colour: 'red' })).toEqual({ team: '7' });
    expect(readScope('view=none&status=open')).toEqual({ view: 'all', status: 'open' });
  });
});
