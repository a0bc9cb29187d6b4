import { describe, expect, it } from 'vitest';
import { Refused } from '../../data/api';
import { giveBack, newestOf } from './returned';
import type { Sent } from './sends';
import { begin, BLANK, Composer, type Attached, type Storage } from './writing';

function storage(): Storage & { all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    getItem: (name) => all.get(name) ?? null,
    setItem: (name, value) => void all.set(name, value),
    removeItem: (name) => void all.delete(name),
  };
}

describe('a draft', () => {
  it('begins with what is newest: what the inbox never got, else what it has', () => {
    expect(begin(null, 'from afar')).toBe('from afar');
    expect(begin({ text: 'half', synced: 'half' }, 'from afar')).toBe('from afar');
    expect(begin({ text: 'half', synced: 'half' }, null)).toBe('');
    expect(begin({ text: 'newer', synced: 'half' }, 'half')).toBe('newer');
    expect(begin({ text: '', synced: 'half' }, 'half')).toBe('');
  });

  it('outlives a closed tab, notes too', () => {
    const kept = storage();
    const before = new Composer('d', kept);
    before.open(null);
    before.set({ text: 'half a', note: 'ask Sue', replyTo: 'm1' });
    expect(before.unsynced()).toBe('half a');
    before.synced('half a');
    expect(before.unsynced()).toBe(null);
    const after = new Composer('d', kept);
    after.open('half a');
    expect(after.state()).toMatchObject({ text: 'half a', note: 'ask Sue', replyTo: 'm1' });
    after.set({ text: '', note: '', replyTo: null });
    after.synced('');
    expect(kept.all.size).toBe(0);
  });

  it('is begun without a browser that keeps anything, and with what makes no sense', () => {
    const broken: Storage = {
      getItem: () => '{"text":7,"note":',
      setItem: () => {
        throw new Error('full');
      },
      removeItem: () => undefined,
    };
    const composer = new Composer('d', broken);
    composer.open('kept');
    composer.set({ note: 'x' });
    expect(composer.state()).toMatchObject({ text: 'kept', note: 'x' });
    expect(new Composer('d', null).state()).toEqual(BLANK);
  });
});

const file = (key: string): Attached => ({
  key,
  name: key,
  size: 1,
  media: 'image',
  preview: null,
  progress: 1,
  state: 'ready',
  id: key,
  why: null,
});
const sent = (part: Partial<Sent>): Sent => ({
  key: 'k',
  conversation: '1',
  body: { kind: 'text', text: 'first', reply_to: 'm1' },
  lastSeen: null,
  after: 0,
  time: 0,
  files: [],
  state: 'sending',
  offline: false,
  ...part,
});

describe('what was refused', () => {
  it('is in the field again, in front of what was begun since', () => {
    const why = new Refused(422, { reason: 'text_too_long', message: 'Too long.' });
    const media = { body: { kind: 'media', media: 'image', attachment_id: 'f1' } as const, files: [file('f1')] };
    const back = giveBack({ ...BLANK, text: 'since', files: [file('f2')] }, [sent({}), sent(media)], why);
    expect(back).toMatchObject({
      text: 'first\nsince',
      replyTo: 'm1',
      returned: { message: 'Too long.', newer: null },
    });
    expect(back.files!.map(({ key }) => key)).toEqual(['f1', 'f2']);
  });

  it('is sent on the newest of what stood against it', () => {
    const message = (mid: string, seq: number) => ({ mid, seq, sent_time: seq }) as never;
    expect(newestOf({ messages: [message('b', 9), message('a', 4)], outbox: [] }, 'z')).toBe('b');
    expect(newestOf({ messages: [message('a', 4)], outbox: [{ id: '7', created_time: 5 } as never] }, 'z')).toBe(
      'outbox:7',
    );
    expect(newestOf({ messages: [message('a', 9)], outbox: [{ id: '7', created_time: 5 } as never] }, 'z')).toBe('a');
    expect(newestOf(null, 'z')).toBe('z');
  });
});
