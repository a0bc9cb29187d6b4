import { describe, expect, it } from 'vitest';
import { bytes } from './bytes';
import { judge, sizeWords } from './files';
import { outgoing } from './outgoing';
import { at, matching, named, pieces, slash } from './suggest';
import { windowLine } from './windowLine';
import type { Attached } from './writing';

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the bar above the field', () => {
  it('goes by the rule of the platform, to the second', () => {
    const at_ = (age: number) => {
      const { state, left, mayAnswer } = windowLine(0, age);
      return [state, left, mayAnswer];
    };
    expect(at_(0)).toEqual(['open', '1 d', true]);
    expect(at_(23 * HOUR - SECOND)).toEqual(['open', '1 h', true]);
    expect(at_(23 * HOUR + SECOND)).toEqual(['open', '59:59', true]);
    expect(at_(DAY - SECOND)).toEqual(['open', '0:01', true]);
    expect(at_(DAY)).toEqual(['open', '0:00', true]);
    expect(at_(DAY + 1)[0]).toBe('human_agent');
    expect(at_(DAY + SECOND)).toEqual(['human_agent', '5 d 23 h', true]);
    expect(at_(6 * DAY + 23 * HOUR)).toEqual(['human_agent', '1 h', true]);
    expect(at_(7 * DAY)).toEqual(['human_agent', '0:00', true]);
    expect(at_(7 * DAY + 1)).toEqual(['closed', '', false]);
    expect(at_(7 * DAY + SECOND)).toEqual(['closed', '', false]);
    expect(windowLine(null, 5)).toMatchObject({ state: 'none', mayAnswer: false });
  });

  it('says why in one sentence', () => {
    expect(windowLine(0, 0).why).toMatch(/^Anything may be sent until .*\.$/);
    expect(windowLine(0, 2 * DAY).why).toContain('human agent tag');
    expect(windowLine(0, 8 * DAY).why).toContain('until they write again');
  });
});

describe('what is written', () => {
  it('is measured in bytes', () => {
    expect([bytes('a'), bytes('ß'), bytes('س'), bytes('👍🏽')]).toEqual([1, 2, 2, 8]);
  });

  it('leaves as a text, then the files in order, neighbouring pictures as one', () => {
    const file = (id: string, media: Attached['media']) => ({ id, media }) as Attached;
    const bodies = (files: Attached[], text = 'Hi', replyTo: string | null = null) =>
      outgoing(text, replyTo, files).map(({ body }) => body);
    const files = [file('1', 'image'), file('2', 'image'), file('3', 'file'), file('4', 'image')];
    expect(bodies(files, 'Hi', 'm')).toEqual([
      { kind: 'text', text: 'Hi', reply_to: 'm' },
      { kind: 'images', attachment_ids: ['1', '2'] },
      { kind: 'media', media: 'file', attachment_id: '3' },
      { kind: 'media', media: 'image', attachment_id: '4' },
    ]);
    const many = Array.from({ length: 12 }, (_, index) => file(String(index), 'image'));
    expect(bodies(many, '').map((body) => (body.kind === 'images' ? body.attachment_ids.length : 0))).toEqual([10, 2]);
  });
});

describe('a file', () => {
  const MB = 1024 * 1024;
  const of = (name: string, type: string, size = 5) => {
    const judged = judge({ name, type, size });
    return typeof judged === 'string' ? judged : `${judged.media} ${judged.type}`;
  };

  it('is known by its type, or by its name where the browser does not know it', () => {
    expect(of('a.png', 'image/png')).toBe('image image/png');
    expect(of('a.MOV', '')).toBe('video video/quicktime');
    expect(of('a.m4a', 'audio/x-m4a')).toBe('audio audio/x-m4a');
    expect(of('a.pdf', 'application/octet-stream')).toBe('file application/pdf');
    for (const [name, type] of [
      ['a.webp', 'image/webp'],
      ['a.mp3', 'audio/mpeg'],
      ['a.ogg', 'audio/ogg'],
      ['a.exe', ''],
    ] as const) {
      expect(of(name, type)).toContain('cannot be sent');
    }
  });

  it('is refused before it leaves, with what would do', () => {
    expect(of('a.png', 'image/png', 8 * MB)).toBe('image image/png');
    expect(of('a.png', 'image/png', 8 * MB + 1)).toBe(
      'a.png has 8.1 MB; pictures may have 8 MB. Choose a smaller one.',
    );
    expect(of('a.mp4', 'video/mp4', 25 * MB)).toBe('video video/mp4');
    expect(of('a.mp4', 'video/mp4', 25 * MB + 1)).toContain('files may have 25 MB');
    expect(of('a.png', 'image/png', 0)).toContain('is empty');
    expect([sizeWords(10), sizeWords(14 * 1024), sizeWords(3.21 * MB)]).toEqual(['1 kB', '14 kB', '3.2 MB']);
  });
});

describe('what is offered while one writes', () => {
  it('comes behind a slash that begins the text, and behind an @ that begins a word', () => {
    expect(slash('/ho', 3)).toEqual({ query: 'ho', start: 0 });
    expect([slash('see /ho', 7), slash('/ho rest', 3), slash('/ho s', 5), slash('', 0)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(at('ask @Su', 7)).toEqual({ query: 'Su', start: 4 });
    expect(at('@', 1)).toEqual({ query: '', start: 0 });
    expect([at('mail a@b', 8), at('@Sue and', 8)]).toEqual([null, null]);
  });

  it('shows first what begins so', () => {
    const all = ['How to find', 'a home', 'oho', 'none'];
    expect(matching(all, 'ho', (one) => [one])).toEqual(['How to find', 'a home', 'oho']);
    expect(matching(all, '', (one) => [one])).toEqual(all);
  });

  it('puts a name where it was begun', () => {
    expect(named('ask @Su now', { query: 'Su', start: 4 }, 7, 'Sue')).toEqual({ text: 'ask @Sue now', caret: 9 });
  });

  it('marks names in notes, the longest that fits', () => {
    const marked = (text: string, names: string[]) =>
      pieces(text, names)
        .map((piece) => (piece.name ? `<${piece.text}>` : piece.text))
        .join('');
    expect(marked('@Ana Maria and @ana, not @Anatol', ['Ana', 'Ana Maria'])).toBe(
      '<@Ana Maria> and <@ana>, not @Anatol',
    );
    expect(marked('a (b) @C+', ['C+'])).toBe('a (b) <@C+>');
    expect(marked('nobody', [])).toBe('nobody');
  });
});
