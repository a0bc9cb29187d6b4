import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Offset } from '../../../shared/clock';
import { ThreadContext, type ThreadDesk } from '../context';
import { EventsRow } from '../EventsRow';
import { line } from '../line';
import { MessageRow } from '../MessageRow';
import { OutRow } from '../OutRow';
import { rows, type Row } from '../rows';
import { corpus } from './corpus';
import { shape, type Message } from './shape';

const nothing = () => undefined;
const desk: ThreadDesk = {
  id: '1',
  me: '7',
  person: 'Mira',
  names: new Map([['7', 'Ana']]),
  mayWrite: true,
  mayReact: true,
  jump: nothing,
  reply: nothing,
  react: nothing,
  retry: nothing,
  discard: nothing,
  rewrite: nothing,
};

function face(row: Row) {
  switch (row.is) {
    case 'message':
      return <MessageRow row={row} tabbable={false} />;
    case 'events':
      return <EventsRow row={row} />;
    case 'out':
      return <OutRow row={row} />;
    default:
      return null;
  }
}

const NOW = Date.UTC(2026, 10, 26, 12);

/** Rows of messages as the page draws them. */
function drawn(messages: Message[], now = NOW): string[] {
  const all = rows({
    messages,
    more: false,
    reactions: [{ mid: 'm0', side: 'person', emoji: '❤️' }],
    notes: [],
    happenings: [],
    outs: [],
    seen: 'm0',
    firstNew: null,
    personTime: null,
    now,
  });
  return all
    .filter((row) => row.is === 'message' || row.is === 'events')
    .map((row) =>
      renderToStaticMarkup(
        <Offset value={now - Date.now()}>
          <ThreadContext value={desk}>{face(row)}</ThreadContext>
        </Offset>,
      ),
    );
}

/** What can be seen or heard of markup: text without the writer's name and time, labels, and what plays. */
function seen(markup: string): string {
  const labels = [...markup.matchAll(/(?:aria-label|alt)="([^"]+)"/g)].map((match) => match[1]!);
  const text = markup.replace(/<span class="sr-only">.*?<\/span>/s, '').replace(/<[^>]*>/g, ' ');
  return [text, ...labels].join(' ').trim();
}

describe('what a thread shows', () => {
  it('has a face for every kind of message', () => {
    const all = corpus(NOW);
    const markups = drawn(all);
    expect(markups.length).toBeGreaterThan(all.length - 5);
    for (const markup of markups) expect(seen(markup), markup).not.toBe('');
    const whole = markups.join('\n');
    for (const words of [
      'Do you ship to Oslo?',
      'In reply to:',
      'Chose a quick reply',
      'Spring sale',
      'Came from a product',
      'Came by an ig.me link',
      'Photo from Mira',
      'Voice message from Mira',
      'invoice.pdf',
      'Open reel',
      'mentioned you in a story',
      'replied to a story',
      'expires in 1 d',
      'Linen shirt',
      'What now?',
      'Product 5400',
      'Where is my order?',
      'Mira unsent this message',
      'Edited 2 times',
      'opted in: Drop alerts',
      'rated an answer as good',
      'Not shown here: hologram',
      'Not shown here: message_edit',
      'Not shown here: something_of_next_year',
      'depth',
    ]) {
      expect(whole.includes(words), words).toBe(true);
    }
    // A shared post that is told in two spellings is one card.
    expect(whole.split('Spring lookbook').length - 1).toBe(4);
  });

  it('lets nothing run and tells nobody where it was looked at', () => {
    const whole = drawn(corpus(NOW)).join('\n');
    expect(whole).not.toMatch(/(?:href|src)="(?!https?:)/);
    expect(whole).toContain('href="https://shop.example/s?a=1"');
    for (const image of whole.matchAll(/<img[^>]*>/g)) {
      expect(image[0]).toContain('referrerPolicy="no-referrer"');
      expect(image[0]).toContain('loading="lazy"');
    }
    const hostile = shape({ ...corpus(NOW)[0]!, content: { story: { url: 'javascript:alert(1)' } } });
    expect(hostile[0]).toEqual({ is: 'story', how: 'reply', url: null });
  });

  it('says of a story that is over that it is', () => {
    const day = 24 * 3_600_000;
    const story = corpus(NOW).filter(({ kind }) => kind === 'story_mention');
    expect(drawn(story, story[0]!.sent_time + day - 90_000).join()).toContain('expires in 1 min');
    expect(drawn(story, story[0]!.sent_time + day).join()).toContain('story no longer available');
  });

  it('draws a thousand damaged messages, none of them blank', () => {
    const random = seeded(20_261_126);
    const all = corpus(NOW);
    for (let round = 0; round < 1_000; round += 1) {
      const damaged = damage(all[Math.floor(random() * all.length)]!, random);
      const markups = drawn([damaged]);
      const told = JSON.stringify(damaged);
      expect(markups.length, told).toBe(1);
      expect(seen(markups[0]!), told).not.toBe('');
      expect(line(damaged), told).not.toBe('');
      expect(markups[0], told).not.toMatch(/(?:href|src)="(?!https?:)/);
    }
  });
});

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const JUNK: unknown[] = [
  null,
  0,
  -1,
  'x',
  '',
  true,
  [],
  {},
  ['a', { b: 1 }],
  { url: 'javascript:alert(1)' },
  'javascript:alert(1)',
  '\u202e\u0000</script>',
  1e300,
];

/** A message in which one to three values were exchanged or left out, anywhere but in what names and places it. */
function damage(message: Message, random: () => number): Message {
  const copy = structuredClone(message) as unknown as Record<string, unknown>;
  const one = <T,>(all: readonly T[]) => all[Math.floor(random() * all.length)]!;
  for (let times = 1 + Math.floor(random() * 3); times > 0; times -= 1) {
    let at: Record<string, unknown> = copy;
    let name = one(['kind', 'text', 'content', 'content', 'content']);
    for (;;) {
      const below = at[name];
      const keys = typeof below === 'object' && below !== null ? Object.keys(below) : [];
      if (keys.length === 0 || random() < 0.2) break;
      at = below as Record<string, unknown>;
      name = one(keys);
    }
    if (random() < 0.25) Reflect.deleteProperty(at, name);
    else at[name] = structuredClone(one(JUNK));
  }
  return copy as unknown as Message;
}
