/** Why somebody is not let in, in words, and at which field it stands. */
import { exactTime } from '../../shared/time';
import { reason } from '../../shared/api/client';
import { t } from '../../shared/words';
import { Refused } from '../data/api';

export interface Trouble {
  /** The field that is wrong; null for something that no field can change. */
  at: 'email' | 'password' | 'code' | 'name' | null;
  words: string;
}

const FIELDS = ['email', 'password', 'code', 'name'] as const;

/** Whether a code of the authenticator is asked for as well. */
export const asksForCode = (error: unknown) => error instanceof Refused && error.why.reason === 'code_needed';

/** Whether a link is used up, over or unknown. */
export const isOver = (error: unknown) => error instanceof Refused && error.why.reason === 'not_found';

/** What to say of an error; `withCode` says that a code was given, which then is the likelier mistake. */
export function troubleOf(error: unknown, withCode = false): Trouble | null {
  if (error === null || error === undefined || asksForCode(error)) return null;
  if (!(error instanceof Refused)) return { at: null, words: reason(error) };
  const { reason: name, until, field, message } = error.why;
  if (name === 'wrong_login') {
    return withCode ? { at: 'code', words: t('login.wrongCode') } : { at: 'password', words: t('login.wrong') };
  }
  if (name === 'too_often' && until) return { at: null, words: t('login.tooOften', { time: exactTime(until) }) };
  // Of a newcomer, only the address can be somebody's already.
  if (name === 'in_the_way') return { at: 'email', words: t('join.taken') };
  const at = FIELDS.find((known) => known === field) ?? null;
  return { at, words: message };
}

/** How many characters a password lacks. */
export const lacks = (password: string) => Math.max(0, SHORTEST - [...password].length);

/** The shortest password, in characters. */
export const SHORTEST = 10;
