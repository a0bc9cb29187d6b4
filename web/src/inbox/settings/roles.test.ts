import { expect, it } from 'vitest';
import { mayGive, rolesGivenBy } from './roles';

it('lets nobody give a role that they have not above', () => {
  expect(rolesGivenBy('owner')).toEqual(['owner', 'supervisor', 'agent', 'read_only']);
  expect(rolesGivenBy('supervisor')).toEqual(['agent', 'read_only']);
  expect(rolesGivenBy('agent')).toEqual([]);
  expect(rolesGivenBy('read_only')).toEqual([]);
  expect(mayGive('supervisor', 'supervisor')).toBe(false);
});
