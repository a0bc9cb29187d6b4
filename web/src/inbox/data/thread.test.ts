import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { Schemas } from './api';
import { behind, refreshThread, withNewest, withOne, type Pages } from './thread';

type Page = Schemas['Thread'];

const page = (numbers: number[], older: string | null, text = '', reacted: number[] = []): Page =>
  ({
    messages: numbers.map((seq) => ({ mid: `m${seq}`, seq, sent_time: seq, text: `${text}${seq}` })),
    reactions: reacted.map((seq) => ({ mid: `m${seq}`, side: 'person', emoji: '!' })),
    older,
  }) as unknown as Page;
const texts = ({ pages }: Pages) => [...pages].reverse().flatMap((it) => it.messages.map((message) => message.text));

it('puts a newer page in front of what is known, without a gap', () => {
  const known: Pages = { pages: [page([4, 5, 6], 'm4', '', [4, 6]), page([1, 2, 3], null)], pageParams: [null, 'm4'] };
  const after = withNewest(known, page([5, 6, 7], 'm5', 'new '));
  expect(texts(after)).toEqual(['1', '2', '3', '4', 'new 5', 'new 6', 'new 7']);
  expect(after.pages[0]!.older).toBe('m4');
  expect(after.pages[0]!.reactions.map(({ mid }) => mid)).toEqual(['m4']);
  // Too much has come in between: the rest is paged anew.
  expect(texts(withNewest(known, page([20, 21], 'm20')))).toEqual(['20', '21']);
  // A thread that is shorter than a page has no gap.
  expect(texts(withNewest({ pages: [page([], null)], pageParams: [null] }, page([1], null)))).toEqual(['1']);
});

it('puts one message where it stands', () => {
  const known: Pages = { pages: [page([3, 4], 'm3'), page([1, 2], null, '', [1, 2])], pageParams: [null, 'm3'] };
  expect([behind(known, 'm2'), behind(known, 'm4'), behind(known, 'm9')]).toEqual(['m3', null, undefined]);
  const after = withOne(known, 'm2', page([2], null, 'edited '));
  expect(texts(after)).toEqual(['1', 'edited 2', '3', '4']);
  expect(after.pages[1]!.reactions.map(({ mid }) => mid)).toEqual(['m1']);
  expect(after.pages[0]).toBe(known.pages[0]);
});

it('asks for the newest page once for any amount of news, and for what changed further up', async () => {
  const asked: string[] = [];
  const answers: Record<string, Page> = { '50': page([3, 4, 5], 'm3'), '1 m3': page([2], null, 'unsent ') };
  const read = (_id: string, limit: number, before?: string) => {
    const name = [limit, before].filter(Boolean).join(' ');
    asked.push(name);
    return Promise.resolve(answers[name]!);
  };
  const client = new QueryClient();
  const queryKey = ['thread', '1'];
  const known: Pages = { pages: [page([3, 4], 'm3'), page([1, 2], null)], pageParams: [null, 'm3'] };
  client.setQueryData(queryKey, known);
  const end = new QueryObserver(client, { queryKey, staleTime: Infinity }).subscribe(() => undefined);
  await Promise.all([
    refreshThread(client, '1', new Set(['m5']), read),
    refreshThread(client, '1', new Set(['m2']), read),
    refreshThread(client, '1', new Set(), read),
  ]);
  expect(texts(client.getQueryData<Pages>(queryKey)!)).toEqual(['1', 'unsent 2', '3', '4', '5']);
  expect(asked).toEqual(['50', '50', '1 m3']);
  end();
});
