import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { Conversation } from '../data/conversation';
import { conversation } from '../data/fixture';
import type { Scope } from '../data/scope';
import { Rereader, staleRows, type Means } from './live';
import { flat, type Pages } from './patch';

const SCOPE: Scope = { view: 'all', status: 'open' };
const key = (scope: Scope) => ['conversations', scope] as const;

function rig(answer: (scope: Scope, ids: readonly string[]) => Conversation[]) {
  const client = new QueryClient();
  const page = { items: [conversation('1', { last_time: 1 })], next: null };
  const pages: Pages = { pages: [page], pageParams: [null] };
  client.setQueryData(key(SCOPE), pages);
  client.setQueryData(key({ view: 'mine' }), pages);
  const looked = { queryKey: key(SCOPE), queryFn: () => pages, staleTime: Infinity };
  const end = new QueryObserver(client, looked).subscribe(() => undefined);
  const asked: string[][] = [];
  const pauses: number[] = [];
  const means: Means = {
    ask: (scope, ids) => {
      asked.push([...ids]);
      return Promise.resolve({ items: answer(scope, ids), next: null });
    },
    pause: (ms) => Promise.resolve(void pauses.push(ms)),
  };
  const present: string[] = [];
  const rereader = new Rereader(client, { tell: (id) => void present.push(id) }, means);
  const shown = () => flat(client.getQueryData<Pages>(key(SCOPE))!).map((one) => one.id);
  return { client, rereader, asked, pauses, present, shown, end };
}

const quiet = () => new Promise((done) => setTimeout(done));

it('puts what is shown where it belongs, takes out what is not, and forgets lists that nobody looks at', async () => {
  const { client, rereader, asked, present, shown, end } = rig(() => [conversation('2', { last_time: 2 })]);
  rereader.hear(['1', '2']);
  await quiet();
  expect(asked).toEqual([['1', '2']]);
  expect(shown()).toEqual(['2']);
  expect(present).toEqual(['2']);
  expect(client.getQueryData(key({ view: 'mine' }))).toBe(undefined);
  end();
});

it('asks for fifty at once, and again when no answer came', async () => {
  let fail = true;
  const { rereader, asked, pauses, end } = rig(() => {
    if (!fail) return [];
    fail = false;
    throw new Error('nobody there');
  });
  rereader.hear(Array.from({ length: 60 }, (_, index) => String(index)));
  await quiet();
  expect(asked.map((ids) => ids.length)).toEqual([50, 50, 10]);
  expect(new Set(asked.slice(1).flat()).size).toBe(60);
  expect(pauses).toEqual([1_000]);
  end();
});

it('does not ask for what only says that somebody has seen it', () => {
  const batch = {
    kinds: new Set(['seen', 'message']),
    conversations: new Map([
      ['1', new Set(['seen'])],
      ['2', new Set(['seen', 'message'])],
    ]),
    messages: new Map<string, Set<string>>(),
  };
  expect(staleRows(batch)).toEqual(['2']);
});
