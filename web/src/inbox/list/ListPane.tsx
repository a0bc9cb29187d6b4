import type { Scope } from '../data/scope';

interface Props {
  scope: Scope;
  /** What is searched for; null where the list is shown. */
  search: string | null;
  /** The conversation that is open beside it. */
  selected: string | null;
}

/** The conversations of a scope, or what a search finds. */
export function ListPane({ scope }: Props) {
  return <section>{scope.view}</section>;
}
