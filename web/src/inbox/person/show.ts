/** How many older pages are asked for until something is found. */
const SEARCHED = 20;

const frame = () => new Promise(requestAnimationFrame);

/** Takes the eye and the focus to a row of the thread, however far up it is. */
export async function showRow(key: string, older: (() => Promise<unknown>) | null) {
  for (let page = 0; page <= SEARCHED; page += 1) {
    // What was asked for is on the page once it has been drawn.
    await frame();
    await frame();
    const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);
    if (row) {
      row.scrollIntoView({ block: 'center' });
      row.focus({ preventScroll: true });
      return;
    }
    if (!older) return;
    await older();
  }
}
