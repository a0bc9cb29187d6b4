import { left } from '../../shared/time';
import type { Window } from '../../shared/window';
import { t } from '../../shared/words';

/** What the window ring says to those who answer. */
export const ringWords = (window: Window) => t(`list.window.${window.state}`, { left: left(window.left) });
