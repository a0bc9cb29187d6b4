/** What the palette shows for what was typed: pure. */
import { t } from '../../shared/words';
import type { Action } from './actions';
import { best } from './fuzzy';

export interface Section {
  name: string;
  title: string;
  actions: readonly Action[];
}

/** Headlines, in their order: what is at hand comes first. */
export const GROUPS = ['conversation', 'composer', 'list', 'go', 'view', 'settings'] as const;

/** The rows by headline, for the list of keys and for a palette in which nothing was typed. */
export function grouped(all: readonly Action[]): Section[] {
  const sections = GROUPS.map((name) => ({
    name,
    title: t(`palette.${name}`),
    actions: all.filter(({ group }) => group === name),
  }));
  return sections.filter(({ actions }) => actions.length > 0);
}

/** What is shown: everything, the recent ones once more on top; or what fits, the headline with the best row first. */
export function listed(all: readonly Action[], text: string, recent: readonly string[]): Section[] {
  if (text.trim() === '') {
    const again = recent.flatMap((id) => all.find((action) => action.id === id) ?? []);
    const first = again.length > 0 ? [{ name: 'recent', title: t('palette.recent'), actions: again }] : [];
    return [...first, ...grouped(all)];
  }
  const fitting = best(text, all, ({ label }) => label);
  const order = [...new Set(fitting.map(({ group }) => group))];
  return order.map((name) => ({
    name,
    title: t(`palette.${name}`),
    actions: fitting.filter(({ group }) => group === name),
  }));
}
