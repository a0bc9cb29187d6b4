import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, wcagContrast } from 'culori';
import { describe, expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '..');
const TOKENS = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

/** The colours of the block behind a selector. */
function theme(selector: string): Map<string, string> {
  const block = TOKENS.split(`\n${selector} {`)[1]!.split('\n}')[0]!;
  return new Map([...block.matchAll(/--([\w-]+): (oklch\([^)]*\));/g)].map((match) => [match[1]!, match[2]!]));
}

const THEMES = { light: theme(':root'), dark: theme(":root[data-theme='dark']") };

/** What is read on what, 4.5:1. */
const TEXT: [string, string[]][] = [
  ['text', ['paper', 'surface', 'raised', 'hover', 'bubble', 'note', 'accent-quiet', 'danger-quiet']],
  ['muted', ['paper', 'surface', 'raised', 'hover', 'bubble', 'note', 'danger-quiet', 'accent-quiet']],
  ['accent', ['paper', 'surface', 'raised', 'hover', 'bubble', 'accent-quiet']],
  ['on-accent', ['accent']],
  ['on-mine', ['mine']],
  ['open', ['surface', 'raised', 'hover']],
  ['human', ['surface', 'raised', 'hover']],
  ['closed', ['surface', 'raised', 'hover']],
  ['danger', ['surface', 'raised', 'hover', 'danger-quiet']],
  ['bot', ['surface', 'raised']],
  ['on-story', ['story']],
  ['on-story-muted', ['story']],
];

/** What is a control's edge or a sign, 3:1. */
const CONTROLS: [string, string[]][] = [
  ['control', ['paper', 'surface', 'raised']],
  ['accent', ['paper', 'surface', 'raised', 'bubble']],
  ['mine', ['surface', 'raised']],
  ['open', ['paper', 'surface', 'hover']],
  ['human', ['paper', 'surface', 'hover']],
  ['closed', ['paper', 'surface', 'hover']],
  ['danger', ['paper', 'surface']],
];

describe.each(Object.entries(THEMES))('the %s theme', (name, colours) => {
  const contrast = (a: string, b: string) => wcagContrast(parse(colours.get(a)!)!, parse(colours.get(b)!)!);

  it('has the same colours as the other', () => {
    expect([...colours.keys()]).toEqual([...THEMES.light.keys()]);
    expect(colours.size).toBeGreaterThan(20);
  });

  it('is legible', () => {
    for (const [text, grounds] of TEXT) {
      for (const ground of grounds) {
        expect(contrast(text, ground), `${name}: ${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('shows controls', () => {
    for (const [control, grounds] of CONTROLS) {
      // What is filled may be the darker one: a bubble of one's own on a dark ground is told by its side as well.
      if (control === 'mine' && name === 'dark') continue;
      for (const ground of grounds) {
        expect(contrast(control, ground), `${name}: ${control} on ${ground}`).toBeGreaterThanOrEqual(3);
      }
    }
  });
});

it('is the only file that names a colour or a size', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test)\.(tsx?|css)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(10);
  const named =
    /#[0-9a-f]{3,8}\b(?!['"]?\))|\b(?:oklch|rgba?|hsla?)\(|\b\d+(?:\.\d+)?(?:px|rem|em)\b|[\w-]-\[[^\]]*\d[^\]]*\]/i;
  for (const file of files) {
    if (file.endsWith('tokens.css') || file.endsWith('.d.ts')) continue;
    const lines = readFileSync(join(SOURCES, file), 'utf8').split('\n');
    lines.forEach((line, index) => {
      const allowed = /outline/.test(line);
      expect(!allowed && named.test(line), `${file}:${index + 1}: ${line.trim()}`).toBe(false);
    });
  }
});
