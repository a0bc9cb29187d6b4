/**
 * Every string of the faces, by one catalogue for each language. A language is a complete catalogue with the direction in
 * which it is written; layouts use logical sides only, so that they turn with it.
 */
import { en } from './en';

/** A string with `{names}` to be filled in, or one for each plural form that the language has for `{count}`. */
export type Words = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Key = keyof typeof en;
export type Catalogue = Record<Key, Words>;
export type Values = Record<string, string | number>;

export interface Language {
  /** As in the attribute `lang` and for `Intl`. */
  tag: string;
  dir: 'ltr' | 'rtl';
  words: Catalogue;
}

/** A language that there is, with how its catalogue is fetched. */
interface Offer {
  tag: string;
  dir: 'ltr' | 'rtl';
  /** In the language itself. */
  name: string;
  words: () => Promise<Catalogue>;
}

export const languages: readonly Offer[] = [
  { tag: 'en', dir: 'ltr', name: 'English', words: () => Promise.resolve(en) },
  { tag: 'ar', dir: 'rtl', name: 'العربية', words: async () => (await import('./ar')).ar },
];

/** The first of the wanted languages that there is, else the first that there is. */
export function choose<T extends { tag: string }>(wanted: readonly string[], all: readonly T[]): T {
  const base = (tag: string) => tag.toLowerCase().split('-')[0];
  for (const tag of wanted) {
    const found = all.find((language) => base(language.tag) === base(tag));
    if (found) return found;
  }
  return all[0]!;
}

/** The words of a key in a language, filled in. */
export function say(language: Language, key: Key, values: Values = {}): string {
  const words: Words = language.words[key];
  const text =
    typeof words === 'string'
      ? words
      : (words[new Intl.PluralRules(language.tag).select(Number(values['count'] ?? 0))] ?? words.other);
  const shown = (value: string | number) => (typeof value === 'number' ? value.toLocaleString(language.tag) : value);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => shown(values[name] ?? whole));
}

const KEY = 'parlance.language';
let language: Language = { tag: 'en', dir: 'ltr', words: en };

/** The language that was chosen by hand, else null. */
export function chosen(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps a choice of language, for all faces; null is the browser's. It shows when the page is drawn anew. */
export function keepLanguage(tag: string | null) {
  try {
    if (tag === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, tag);
  } catch {
    // A browser that keeps nothing goes by its own language.
  }
}

/** Takes the language that was chosen, else the browser's. To be awaited once, before anything is drawn. */
export async function startLanguage() {
  const kept = chosen();
  const offer = choose(kept === null ? navigator.languages : [kept, ...navigator.languages], languages);
  language = { tag: offer.tag, dir: offer.dir, words: await offer.words() };
  document.documentElement.lang = language.tag;
  document.documentElement.dir = language.dir;
}

/** The tag for `Intl`. */
export const tag = () => language.tag;

/** The direction in which the language is written. */
export const dir = () => language.dir;

/** The words of a key in the language that is shown. */
export const t = (key: Key, values?: Values) => say(language, key, values);
