import { describe, expect, it } from 'vitest';
import { belongs, comparePlaces, sortTime, type Conversation } from '../data/conversation';
import { conversation } from '../data/fixture';
import type { Scope } from '../data/scope';
import { flat, merge, patch, type Page, type Pages } from './patch';

const NOW = 1_000_000;
const LIMIT = 5;

/** Numbers that are the same in every run. */
function chance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** A desk that answers as the real one does. */
class Desk {
  all = new Map<string, Conversation>();
  #seq = 0;

  constructor(readonly scope: Scope) {}

  put(one: Conversation) {
    this.all.set(one.id, { ...one, seq: ++this.#seq });
  }

  list(): Conversation[] {
    const { scope } = this;
    const shown = [...this.all.values()].filter((one) => belongs(one, scope, { me: 'me', now: NOW, listed: false }));
    const place = (one: Conversation) => ({ time: sortTime(scope.view, one), id: one.id });
    return shown.sort((a, b) => comparePlaces(scope.view, place(a), place(b)));
  }

  page(after: string | null): Page {
    const [time, id = ''] = (after ?? '').split('_');
    const { view } = this.scope;
    const place = { time: Number(time), id };
    const behind = this.list().filter(
      (one) => after === null || comparePlaces(view, { time: sortTime(view, one), id: one.id }, place) > 0,
    );
    const items = behind.slice(0, LIMIT);
    const last = items.at(-1);
    return { items, next: last && items.length === LIMIT ? `${sortTime(view, last)}_${last.id}` : null };
  }

  named(ids: readonly string[]): Conversation[] {
    return this.list().filter((one) => ids.includes(one.id));
  }
}

/** What the desk would show down to where the pages end. */
function expected(desk: Desk, pages: Pages): string[] {
  const next = pages.pages.at(-1)!.next;
  if (!next) return desk.list().map((one) => one.id);
  const [time, id = ''] = next.split('_');
  const { view } = desk.scope;
  const end = { time: Number(time), id };
  const above = desk.list().filter((one) => comparePlaces(view, { time: sortTime(view, one), id: one.id }, end) <= 0);
  return above.map((one) => one.id);
}

/** Something happens at the desk; gives what is new. */
function happen(desk: Desk, roll: (below: number) => number, step: number): string {
  const ids = [...desk.all.keys()];
  const id = ids[roll(ids.length)]!;
  const one = desk.all.get(id)!;
  const time = NOW - 500 + step;
  const acts: (() => string)[] = [
    () => {
      const fresh = String(100 + step);
      desk.put(conversation(fresh, { last_time: time, person_time: time }));
      return fresh;
    },
    () => (desk.put({ ...one, last_time: time, person_time: time, unread: one.unread + 1 }), id),
    () => (desk.put({ ...one, last_time: time, business_time: time }), id),
    () => (desk.put({ ...one, status: one.status === 'open' ? 'resolved' : 'open' }), id),
    () => (desk.put({ ...one, assignee: one.assignee ? null : 'me' }), id),
    () => (desk.put({ ...one, failed: one.failed ? 0 : 1 }), id),
  ];
  return acts[roll(acts.length)]!();
}

const SCOPES: Scope[] = [
  { view: 'all', status: 'open' },
  { view: 'all' },
  { view: 'mine', status: 'open' },
  { view: 'unassigned', status: 'open' },
  { view: 'ending_soon' },
  { view: 'failed' },
];

describe.each(SCOPES)('pages of %j', (scope) => {
  it('are after any news what a fresh load would be', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const roll = chance(seed);
      const desk = new Desk(scope);
      for (let id = 1; id <= 23; id++) {
        const time = NOW - 2_000 + roll(1_000);
        const assignee = roll(2) === 0 ? 'me' : null;
        desk.put(conversation(String(id), { last_time: time, person_time: time, assignee, failed: roll(2) }));
      }
      let pages: Pages = { pages: [desk.page(null)], pageParams: [null] };
      for (let step = 0; step < 60; step++) {
        const what = roll(4);
        const { next } = pages.pages.at(-1)!;
        if (what === 0 && next) {
          // A page comes that was read before the news, which is told while it is on its way; and is then told again.
          const started = pages;
          const fresh = desk.page(next);
          const id = happen(desk, roll, step);
          pages = patch(pages, scope.view, [id], desk.named([id]));
          const { pages: before, pageParams } = started;
          pages = merge(pages, { pages: [...before, fresh], pageParams: [...pageParams, next] });
          pages = patch(pages, scope.view, [id], desk.named([id]));
        } else {
          const ids = Array.from({ length: 1 + roll(4) }, () => happen(desk, roll, step));
          pages = patch(pages, scope.view, ids, desk.named(ids));
        }
        const shown = flat(pages);
        expect(
          shown.map((one) => one.id),
          `seed ${seed}, step ${step}`,
        ).toEqual(expected(desk, pages));
        for (const one of shown) expect(one).toEqual(desk.all.get(one.id));
      }
    }
  });
});

describe('a patch', () => {
  const page = (...ids: number[]): Page => ({
    items: ids.map((id) => conversation(String(id), { last_time: id })),
    next: null,
  });
  const pages: Pages = { pages: [page(9, 8, 7), page(6, 5, 4)], pageParams: [null, 'x'] };

  it('leaves pages alone that it does not touch', () => {
    const after = patch(pages, 'all', ['8'], [conversation('8', { last_time: 8, unread: 1 })]);
    expect(after.pages[1]).toBe(pages.pages[1]);
    expect(flat(after).map((one) => one.id)).toEqual(['9', '8', '7', '6', '5', '4']);
    expect(after.pages[0]!.items[1]!.unread).toBe(1);
  });

  it('does not put an older reading in place of a newer one', () => {
    const known = patch(pages, 'all', ['8'], [conversation('8', { last_time: 10, seq: 5 })]);
    const after = patch(known, 'all', ['8'], [conversation('8', { last_time: 8, seq: 4 })]);
    expect(flat(after)[0]).toMatchObject({ id: '8', last_time: 10, seq: 5 });
  });

  it('fills a list that was empty', () => {
    const empty: Pages = { pages: [{ items: [], next: null }], pageParams: [null] };
    expect(flat(patch(empty, 'all', ['1'], [conversation('1')])).map((one) => one.id)).toEqual(['1']);
  });
});
