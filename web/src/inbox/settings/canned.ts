/** Canned replies with variables, as the desk fills them in (crates/inbox/src/policy/canned.rs): for looking at them beforehand. */

export interface CannedValues {
  name: string;
  username: string;
  agent: string;
  account: string;
}

/** The variables, in the order in which they are offered. */
export const VARIABLES = ['first_name', 'name', 'username', 'agent', 'account'] as const;
export type Variable = (typeof VARIABLES)[number];

const isVariable = (name: string): name is Variable => (VARIABLES as readonly string[]).includes(name);

function valueOf(variable: Variable, values: CannedValues): string {
  const known = values.name || values.username;
  if (variable === 'name') return known;
  if (variable === 'first_name') return known.trim().split(/\s+/)[0] ?? '';
  return values[variable];
}

/** The text with its variables filled in; unknown names and braces that are never closed stay as they are. */
export function filled(text: string, values: CannedValues): string {
  return text.replace(/\{\{([\s\S]*?)\}\}/g, (whole, inside: string) => {
    const bar = inside.indexOf('|');
    const name = (bar < 0 ? inside : inside.slice(0, bar)).trim();
    if (!isVariable(name)) return whole;
    return valueOf(name, values) || (bar < 0 ? '' : inside.slice(bar + 1).trim());
  });
}

/** Names in braces that mean nothing, so that somebody may have mistyped them. */
export function unknownIn(text: string): string[] {
  const names = [...text.matchAll(/\{\{([\s\S]*?)\}\}/g)].map((match) => match[1]!.split('|')[0]!.trim());
  return [...new Set(names.filter((name) => !isVariable(name)))];
}

/** The bytes of a text, by which a message is measured. */
export const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** The most bytes of a message. */
export const MESSAGE = 1_000;
