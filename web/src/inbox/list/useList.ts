/** A list with the keyboard's place in it and what is chosen, kept while news comes in. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useNow } from '../../shared/clock';
import { useDesk } from '../app/Desk';
import { useGo } from '../app/go';
import { isEnding, type Conversation } from '../data/conversation';
import { may } from '../data/may';
import type { Scope } from '../data/scope';
import {
  along,
  indexNear,
  keepListed,
  move,
  NOTHING,
  NOWHERE,
  settle,
  toggle,
  trailFrom,
  upTo,
  type Chosen,
  type Cursor,
  type Trail,
} from './cursor';
import { flat } from './patch';
import { conversations } from './queries';
import type { RowsActs } from './Rows';

/** How often a list looks whose conversations leave it with time, in milliseconds; for others the clock does nothing. */
const TICK = 10_000;
const NEVER = 3_600_000;

const NONE: readonly Conversation[] = [];

/** What a list shows now: what ended since it was read is not there any more. */
function useShown(scope: Scope) {
  const { presence } = useDesk();
  const query = useInfiniteQuery(conversations(scope, presence));
  const ending = scope.view === 'ending_soon';
  const now = useNow(ending ? TICK : NEVER);
  const { data } = query;
  const all = useMemo(() => (data ? flat(data) : NONE), [data]);
  const over = ending ? all.filter((one) => !isEnding(one, now)).length : 0;
  const shown = useMemo(() => (over === 0 ? all : all.filter((one) => isEnding(one, now))), [all, over]); // eslint-disable-line react-hooks/exhaustive-deps -- `over` changes when the clock matters
  return { query, shown };
}

/** The cursor after the list changed; the very same where it did not move. */
function follow(ids: readonly string[], cursor: Cursor, open: string | null): Cursor {
  if (cursor.id === null) return cursor;
  if (cursor.id !== open) {
    const next = settle(ids, cursor);
    return next.id === cursor.id && next.index === cursor.index ? cursor : next;
  }
  // What is open stays where the keyboard is, also when the list does not show it any more.
  const found = indexNear(ids, cursor.id, cursor.index);
  return found < 0 || found === cursor.index ? cursor : { id: cursor.id, index: found };
}

export function useList(scope: Scope, open: string | null) {
  const { me } = useDesk();
  const go = useGo();
  const { query, shown } = useShown(scope);
  const ids = useMemo(() => shown.map((one) => one.id), [shown]);
  const [cursor, setCursor] = useState<Cursor>(open === null ? NOWHERE : { id: open, index: 0 });
  const [trail, setTrail] = useState<Trail | null>(null);
  const [chosen, setChosen] = useState<Chosen>(NOTHING);
  const [seen, setSeen] = useState({ ids, open, scope });
  let at = cursor;
  if (seen.ids !== ids || seen.open !== open || seen.scope !== scope) {
    if (open !== null && seen.open !== open) at = { id: open, index: Math.max(0, indexNear(ids, open, at.index)) };
    at = follow(ids, at, open);
    if (at !== cursor) setCursor(at);
    setChosen(seen.scope === scope ? keepListed(chosen, ids) : NOTHING);
    setSeen({ ids, open, scope });
  }
  // The way on begins anew where something else is opened, or where what was opened is only read now.
  if (open === null ? trail !== null : trail === null ? ids.includes(open) : trail.ids[trail.index] !== open) {
    const next = open === null ? null : trailFrom(ids, open);
    setTrail(next && next.index >= 0 ? next : null);
  }
  const { view } = scope;
  const triage = may(me.role, 'triage');
  const acts = useMemo<RowsActs>(
    () => ({
      open: (id) => go.open(view, id, open !== null),
      point: (id) => setCursor({ id, index: Math.max(0, ids.indexOf(id)) }),
      choose: (id) => triage && setChosen((now) => toggle(now, id)),
      chooseUpTo: (id) => triage && setChosen((now) => upTo(ids, now, id)),
      step: (by, choosing) => {
        const onward = open !== null && trail && !choosing ? along(trail, ids, by) : null;
        const way = onward?.ids[onward.index];
        const next = way ? { id: way, index: indexNear(ids, way, onward.index) } : move(ids, at, by);
        if (onward) setTrail(onward);
        setCursor(next);
        if (next.id === null) return;
        const { id: from } = at;
        if (choosing) setChosen((now) => upTo(ids, now.from === null && from ? toggle(now, from) : now, next.id!));
        else if (open !== null && next.id !== open) go.open(view, next.id, true);
      },
    }),
    [go, view, open, ids, at, trail, triage],
  );
  const chooseAll = useCallback(() => setChosen({ ids: new Set(ids), from: null }), [ids]);
  const chooseNone = useCallback(() => setChosen(NOTHING), []);
  return { view, query, shown, ids, cursor: at, chosen: triage ? chosen.ids : null, acts, chooseAll, chooseNone };
}
