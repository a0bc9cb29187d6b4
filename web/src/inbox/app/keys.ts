/** The keyboard: single keys, sequences of two, and the command key, looked up in the rows of actions. */
import { useEffect } from 'react';
import { actions, type Action } from './actions';

const KEY = 'parlance.inbox.keys';
/** How long the second key of a sequence may take, in milliseconds. */
const SEQUENCE = 1_500;

/** Whether single keys act; they can be switched off (WCAG 2.1.4). */
export function singleKeys(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(on: boolean) {
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing has them on.
  }
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What a press is called in the rows. */
function nameOf({ key, ctrlKey, metaKey, altKey }: Press): string | null {
  if (altKey) return null;
  return ctrlKey || metaKey ? `mod+${key.toLowerCase()}` : key;
}

/** Turns presses into actions; keeps the first key of a sequence until the second comes, or too late. */
export class Keyboard {
  #first: { name: string; at: number } | null = null;

  /** The action of a press, if it is one: `single` says whether keys without the command key count. */
  press(press: Press, rows: readonly Action[], single: boolean, now: number): Action | null {
    const name = nameOf(press);
    const first = this.#first && now - this.#first.at <= SEQUENCE ? this.#first.name : null;
    this.#first = null;
    if (name === null || (!single && !name.startsWith('mod+'))) return null;
    const wanted = first === null ? name : `${first} ${name}`;
    const found = rows.find((action) => action.keys === wanted) ?? rows.find((action) => action.keys === name);
    if (found) return found;
    if (rows.some((action) => action.keys?.startsWith(`${name} `))) this.#first = { name, at: now };
    return null;
  }
}

/** Whether somebody writes there, or chooses in a menu or dialog that has keys of its own. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      'input, textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"], [role="dialog"]',
    ) !== null
  );
}

/** Lets the keyboard act for as long as the caller stands on the page. */
export function useKeyboard() {
  useEffect(() => {
    const keyboard = new Keyboard();
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const single = singleKeys() && !isBusy(event.target);
      const action = keyboard.press(event, actions.all(), single, event.timeStamp);
      if (!action) return;
      event.preventDefault();
      action.run();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
