/** What the bar above the field says: the state of the window, how long it lasts, and why. */
import { left, stopwatch, worldTime } from '../../../shared/time';
import { HUMAN_AGENT, STANDARD, windowAt, type WindowState } from '../../../shared/window';
import { t } from '../../../shared/words';

const HOUR = 3_600_000;

export interface WindowLine {
  state: WindowState;
  /** Open, and within its last two hours. */
  ending: boolean;
  /** The state in a word or two. */
  word: string;
  /** What is left: to the second within the last hour, else in two units; empty where nothing is. */
  left: string;
  /** One sentence. */
  why: string;
  /** Whether an agent may answer. */
  mayAnswer: boolean;
}

/** The bar at `now` for a person whose latest act was at `opened`. */
export function windowLine(opened: number | null, now: number): WindowLine {
  const window = windowAt(opened, now);
  const { state, ending } = window;
  const rest = window.left < HOUR ? stopwatch(window.left) : left(window.left);
  const until = opened === null ? 0 : opened + (state === 'open' ? STANDARD : HUMAN_AGENT);
  const mayAnswer = state === 'open' || state === 'human_agent';
  return {
    state,
    ending,
    mayAnswer,
    word: t(`window.${state}`),
    left: mayAnswer ? rest : '',
    why: t(`write.why.${state}`, { time: worldTime(until) }),
  };
}
