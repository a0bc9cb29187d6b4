import { describe, expect, it } from 'vitest';
import { SECTIONS, SECTION_IDS, sectionAt, sectionsFor } from './sections';

describe('the sections of the settings', () => {
  it('has a row for each', () => {
    expect(SECTIONS.map(({ id }) => id)).toEqual(SECTION_IDS);
  });

  it('offers to a role what it may do', () => {
    const own = ['profile', 'security', 'keyboard', 'views'];
    expect(sectionsFor('read_only').map(({ id }) => id)).toEqual(own);
    expect(sectionsFor('agent').map(({ id }) => id)).toEqual(own);
    expect(sectionsFor('supervisor')).toHaveLength(SECTIONS.length);
    expect(sectionsFor('owner')).toHaveLength(SECTIONS.length);
  });

  it('says of an address what it leads to', () => {
    expect(sectionAt('audit', 'agent')).toBe('not_allowed');
    expect(sectionAt('audit', 'supervisor')).toMatchObject({ id: 'audit' });
    expect(sectionAt('plumbing', 'owner')).toBe('unknown');
  });
});
