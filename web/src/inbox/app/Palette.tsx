/** The palette of all actions, and the list of keys. */
export function Palette() {
  return null;
}
