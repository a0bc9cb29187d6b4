import { describe, expect, it } from 'vitest';
import { Offline } from '../../shared/api/client';
import { Refused } from '../data/api';
import { asksForCode, isOver, lacks, troubleOf } from './trouble';

const refused = (status: number, reason: string, more = {}) =>
  new Refused(status, { reason, message: 'as told', ...more });

describe('why somebody is not let in', () => {
  it('stands at the field that is wrong', () => {
    expect(troubleOf(refused(401, 'wrong_login'))?.at).toBe('password');
    expect(troubleOf(refused(401, 'wrong_login'), true)?.at).toBe('code');
    expect(troubleOf(refused(400, 'invalid', { field: 'email' }))).toEqual({ at: 'email', words: 'as told' });
    expect(troubleOf(refused(409, 'in_the_way'))?.at).toBe('email');
  });

  it('stands at no field where none can change it', () => {
    const until = new Date(2026, 10, 26, 14, 5, 30).getTime();
    expect(troubleOf(refused(429, 'too_often', { until }))).toEqual({
      at: null,
      words: 'Too many attempts. Try again after 14:05:30.',
    });
    expect(troubleOf(new Offline())?.at).toBeNull();
    expect(troubleOf(refused(400, 'invalid', { field: 'link' }))?.at).toBeNull();
  });

  it('is no trouble where a code is asked for', () => {
    expect(asksForCode(refused(401, 'code_needed'))).toBe(true);
    expect(troubleOf(refused(401, 'code_needed'))).toBeNull();
    expect(troubleOf(null)).toBeNull();
  });

  it('knows a link that is over', () => {
    expect(isOver(refused(404, 'not_found'))).toBe(true);
    expect(isOver(refused(400, 'invalid'))).toBe(false);
  });
});

it('counts characters of a password, not units', () => {
  expect(lacks('')).toBe(10);
  expect(lacks('🧶🧶🧶🧶🧶🧶🧶🧶🧶')).toBe(1);
  expect(lacks('harbor knits')).toBe(0);
});
