import { describe, expect, it } from 'vitest';
import { choose, languages, say, type Catalogue, type Language } from './index';
import { en } from './en';

const english: Language = { tag: 'en', dir: 'ltr', words: en };

const names = (words: unknown) => [...JSON.stringify(words).matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('the catalogue', () => {
  it('fills in values and leaves unknown names as they are', () => {
    expect(say(english, 'snippet.you', { text: 'hi' })).toBe('You: hi');
    expect(say(english, 'snippet.you')).toBe('You: {text}');
    expect(say(english, 'account.followers', { count: 12_840 })).toBe('12,840 followers');
  });

  it('takes the plural form of the language', () => {
    expect(say(english, 'post.comments', { count: 1 })).toBe('1 comment');
    expect(say(english, 'post.comments', { count: 2 })).toBe('2 comments');
    const words: Catalogue = { ...en, 'post.comments': { zero: 'none', two: 'a pair', other: '{count} of them' } };
    const arabic: Language = { tag: 'ar', dir: 'rtl', words };
    expect([0, 2, 7].map((count) => say(arabic, 'post.comments', { count }))).toEqual(['none', 'a pair', '7 of them']);
  });

  it('chooses a language by its base, and the first where none fits', () => {
    const arabic: Language = { tag: 'ar', dir: 'rtl', words: en };
    const all = [english, arabic];
    expect(choose(['fr', 'ar-EG'], all)).toBe(arabic);
    expect(choose(['en-GB'], all).tag).toBe('en');
    expect(choose(['fr'], all).tag).toBe('en');
  });

  it('has every key in every language, with the same values', async () => {
    for (const { tag, words: fetched } of languages) {
      const words = await fetched();
      expect(Object.keys(words).sort(), tag).toEqual(Object.keys(en).sort());
      for (const [key, original] of Object.entries(en)) {
        expect(new Set(names(words[key as keyof typeof en])), `${tag} ${key}`).toEqual(new Set(names(original)));
      }
    }
  });
});
