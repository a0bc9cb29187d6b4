/** Offers what can be done in the list, and with what it points at. */
import { useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { useActions, type Action } from '../app/actions';
import { useGo } from '../app/go';
import { pick, useChange, type Pick } from '../app/triage';
import { useLatest } from '../app/useLatest';
import { may } from '../data/may';
import { SEARCH_FIELD } from './SearchField';
import { conversationRows, moveRows } from './actionRows';
import { find } from './queries';
import type { useList } from './useList';

/** What an action is about: what is chosen, else what is open, else what the keyboard is at. */
export function targetsOf(chosen: ReadonlySet<string> | null, open: string | null, cursor: string | null): string[] {
  if (chosen && chosen.size > 0) return [...chosen];
  const one = open ?? cursor;
  return one === null ? [] : [one];
}

/** The element beside which choices are shown: a button that is made for them, else the row. */
function anchorOf(what: Pick, id: string | undefined): Element {
  const places = [
    `[data-bulk] [data-pick="${what}"]`,
    `[data-thread-pick="${what}"]`,
    `[data-conversation="${id}"]`,
    'main',
  ];
  const found = places.map((place) => document.querySelector(place));
  return found.find((one) => one !== null && one.getClientRects().length > 0) ?? document.body;
}

/** `listed` says whether the list is shown: what a search found stands in its place. */
export function useListActions(list: ReturnType<typeof useList>, listed: boolean, open: string | null) {
  const { me } = useDesk();
  const go = useGo();
  const client = useQueryClient();
  const change = useChange();
  // Rows of actions stay the same while the list moves on below them.
  const now = useLatest({ list, open, listed });
  const triage = may(me.role, 'triage');
  useActions(
    useMemo(
      () =>
        moveRows({
          step: (by) => now().list.acts.step(by, false),
          open: () => {
            const { cursor, ids, acts } = now().list;
            const id = cursor.id ?? ids[0];
            if (id) acts.open(id);
          },
          search: () => document.getElementById(SEARCH_FIELD)?.focus(),
          choose: triage
            ? () => {
                const { list, open } = now();
                const id = list.cursor.id ?? open;
                if (id) list.acts.choose(id);
              }
            : null,
        }),
      [now, triage],
    ),
  );

  const choosing = (list.chosen?.size ?? 0) > 0;
  const { view } = list;
  useActions(
    useMemo<Action[]>(() => {
      const leave = { icon: X, keys: 'Escape' };
      if (choosing) {
        const run = () => now().list.chooseNone();
        return [{ ...leave, id: 'list.unchoose', label: t('act.unchoose'), group: 'list', run }];
      }
      if (open === null) return [];
      const run = () => go.close(view);
      return [{ ...leave, id: 'conversation.close', label: t('act.close'), group: 'conversation', run }];
    }, [choosing, open, go, view, now]),
  );

  const cursor = listed ? list.cursor.id : null;
  const offered = triage && (choosing || open !== null || cursor !== null);
  useActions(
    useMemo<Action[]>(() => {
      if (!offered) return [];
      const targets = () => {
        const { list, open, listed } = now();
        const ids = targetsOf(listed ? list.chosen : null, open, listed ? list.cursor.id : null);
        return ids.flatMap((id) => list.shown.find((one) => one.id === id) ?? find(client, id) ?? []);
      };
      return conversationRows({
        me: me.id,
        targets,
        change: (all, what) => void change(all, what),
        pick: (what, all) => pick(what, all, anchorOf(what, all[0]?.id)),
      });
    }, [offered, client, change, me.id, now]),
  );
}
