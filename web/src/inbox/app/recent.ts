/** Which actions were taken last from the palette; kept in this browser. */
const KEY = 'parlance.inbox.recent';
const MOST = 5;

/** The names of the last actions, the newest first. */
export function recentActions(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberAction(id: string) {
  try {
    const rest = recentActions().filter((known) => known !== id);
    localStorage.setItem(KEY, JSON.stringify([id, ...rest].slice(0, MOST)));
  } catch {
    // A browser that keeps nothing has no recent ones.
  }
}
