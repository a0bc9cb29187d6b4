import { useMemo } from 'react';
import { Boundary } from '../../shared/ui/states';
import type { Scope } from '../data/scope';
import { ListPane } from '../list/ListPane';
import { PersonPane } from '../person/PersonPane';
import { panes } from '../router';
import { ThreadPane } from '../thread/ThreadPane';

/** The list, the thread that was picked, and its person: side by side, or one at a time where there is no room. */
export function Panes() {
  const { view, conversation } = panes.useParams();
  const { q, ...filter } = panes.useSearch();
  const key = JSON.stringify(filter);
  const scope = useMemo<Scope>(() => ({ view, ...(JSON.parse(key) as typeof filter) }), [view, key]);
  return (
    <>
      <Boundary>
        <ListPane scope={scope} search={q ?? null} selected={conversation ?? null} />
      </Boundary>
      {conversation && (
        <Boundary key={conversation}>
          <ThreadPane id={conversation} />
          <PersonPane id={conversation} />
        </Boundary>
      )}
    </>
  );
}
