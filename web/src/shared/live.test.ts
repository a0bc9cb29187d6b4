import { expect, it } from 'vitest';
import { Live, type Source } from './live';

class Fake implements Source {
  onopen: Source['onopen'] = null;
  onmessage: Source['onmessage'] = null;
  onerror: Source['onerror'] = null;
  named = new Map<string, (message: { data: string; lastEventId: string }) => void>();
  readyState = 0;
  addEventListener(name: string, listener: (message: { data: string; lastEventId: string }) => void) {
    this.named.set(name, listener);
  }
  close() {
    this.readyState = 2;
  }
}

function rig() {
  const opened: { url: string; source: Fake }[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  const told: string[] = [];
  const live = new Live<{ seq: number }>(
    '/stream',
    {
      opened: () => told.push('opened'),
      event: (event) => told.push(`event ${event.seq}`),
      whisper: (name, data) => told.push(`${name} ${JSON.stringify(data)}`),
    },
    { entries: ['note'], whispers: ['presence'] },
    {
      open: (url) => {
        const source = new Fake();
        opened.push({ url, source });
        return source;
      },
      now: () => 42,
      later: (run, ms) => timers.push({ run, ms }),
    },
  );
  live.start();
  return { opened, timers, told, live };
}

const message = (seq: number) => ({ data: JSON.stringify({ seq }), lastEventId: String(seq) });

it('resumes behind the last entry when the browser has given up', () => {
  const { opened, timers, told, live } = rig();
  const first = opened[0]!.source;
  first.onopen!();
  first.onmessage!(message(7));
  first.readyState = 2;
  first.onerror!();
  expect(live.state()).toEqual({ connected: false, lostAt: 42 });
  timers[0]!.run();
  expect(opened[1]!.url).toBe('/stream?after=7');
  opened[1]!.source.onopen!();
  expect(live.state()).toEqual({ connected: true, lostAt: null });
  expect(told).toEqual(['opened', 'event 7', 'opened']);
});

it('leaves resuming to a browser that does it, and waits longer each time it must do it itself', () => {
  const { opened, timers } = rig();
  opened[0]!.source.onerror!();
  expect(timers).toHaveLength(0);
  for (let i = 0; i < 6; i++) {
    const { source } = opened.at(-1)!;
    source.readyState = 2;
    source.onerror!();
    timers.at(-1)!.run();
  }
  expect(timers.map((timer) => timer.ms)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
});

it('stops when it is told to', () => {
  const { opened, timers, live } = rig();
  const { source } = opened[0]!;
  source.readyState = 2;
  source.onerror!();
  live.stop();
  timers[0]!.run();
  expect(opened).toHaveLength(1);
});

it('hears entries by their names, and what has no number without forgetting where it is', () => {
  const { opened, timers, told } = rig();
  const first = opened[0]!.source;
  first.named.get('note')!(message(7));
  first.named.get('presence')!({ data: '{"who":1}', lastEventId: '' });
  expect(told).toEqual(['event 7', 'presence {"who":1}']);
  first.readyState = 2;
  first.onerror!();
  timers[0]!.run();
  expect(opened[1]!.url).toBe('/stream?after=7');
});

it('begins behind the entry that it is told', () => {
  const { live, opened } = rig();
  live.after('3');
  opened[0]!.source.readyState = 2;
  live.stop();
  live.start();
  expect(opened[1]!.url).toBe('/stream?after=3');
});
