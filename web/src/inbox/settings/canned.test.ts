import { expect, it } from 'vitest';
import { bytesOf, filled, unknownIn } from './canned';

const mira = { name: 'Mira Okafor', username: 'mira.paints', agent: 'Ana', account: 'harbor.knits' };
const nobody = { name: '', username: '', agent: '', account: '' };

it('fills in variables as the desk does', () => {
  const rows = [
    ['Hi {{first_name}}!', 'Hi Mira!', 'Hi !'],
    ['Hi {{ first_name | there }}!', 'Hi Mira!', 'Hi there!'],
    ['{{name}} = @{{username}}', 'Mira Okafor = @mira.paints', ' = @'],
    ['{{agent}} of {{account}}', 'Ana of harbor.knits', ' of '],
    ['{{colour}} {{', '{{colour}} {{', '{{colour}} {{'],
    ['}} {{name', '}} {{name', '}} {{name'],
    ['ß{{name}}ß', 'ßMira Okaforß', 'ßß'],
  ] as const;
  for (const [text, known, unknown] of rows) {
    expect(filled(text, mira), text).toBe(known);
    expect(filled(text, nobody), text).toBe(unknown);
  }
});

it('names what is no variable', () => {
  expect(unknownIn('{{first_name|you}} {{colour}} {{ colour }} {{nmae|x}}')).toEqual(['colour', 'nmae']);
});

it('counts bytes', () => {
  expect(bytesOf('ß🧶a')).toBe(7);
});
