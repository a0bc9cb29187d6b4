/** The messaging window of a person's thread, by the platform's rule: both limits are inclusive. */

const HOUR = 3_600_000;
export const STANDARD = 24 * HOUR;
export const HUMAN_AGENT = 7 * 24 * HOUR;

export type WindowState = 'open' | 'human_agent' | 'closed' | 'none';

export interface Window {
  state: WindowState;
  /** Milliseconds until this state ends; 0 where nothing is left. */
  left: number;
  /** How much of the 24 hours is left, 0 to 1. */
  share: number;
  /** Open, and within its last two hours. */
  ending: boolean;
}

/** The window at `now` of a person whose latest act was at `opened`; both in milliseconds. */
export function windowAt(opened: number | null, now: number): Window {
  if (opened === null) return { state: 'none', left: 0, share: 0, ending: false };
  const age = now - opened;
  if (age <= STANDARD) {
    const left = Math.min(STANDARD - age, STANDARD);
    return { state: 'open', left, share: left / STANDARD, ending: left <= 2 * HOUR };
  }
  if (age <= HUMAN_AGENT) return { state: 'human_agent', left: HUMAN_AGENT - age, share: 0, ending: false };
  return { state: 'closed', left: 0, share: 0, ending: false };
}
