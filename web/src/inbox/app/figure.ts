import { tag } from '../../shared/words';

/** The largest figure that is told exactly. */
const MOST = 99;

/** A number as a badge has it: `7`, `99+`. */
export const figure = (count: number) => `${Math.min(count, MOST).toLocaleString(tag())}${count > MOST ? '+' : ''}`;
