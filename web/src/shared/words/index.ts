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

export const languages: readonly Language[] = [{ tag: 'en', dir: 'ltr', words: en }];

/** The first of the wanted languages that there is, else the first that there is. */
export function choose(wanted: readonly string[], all: readonly Language[] = languages): Language {
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

let language = languages[0]!;

/** Takes the browser's language. To be called once, before anything is drawn. */
export function startLanguage() {
  language = choose(navigator.languages);
  document.documentElement.lang = language.tag;
  document.documentElement.dir = language.dir;
}

/** The tag for `Intl`. */
export const tag = () => language.tag;

/** The words of a key in the language that is shown. */
export const t = (key: Key, values?: Values) => say(language, key, values);
