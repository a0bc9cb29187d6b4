/** What a person does beside writing. Each act is one call, after which what it may have changed is read anew. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '../../shared/api/client';
import { refresh, staleBy } from './queries';

export type Act =
  | { do: 'follow' | 'unfollow' | 'block' | 'unblock' | 'open' | 'type' | 'visit' | 'delete_thread'; account: string }
  | { do: 'tap'; tap: Schemas['NewTap'] }
  | { do: 'react'; message: string; emoji: string }
  | { do: 'unreact' | 'unsend'; message: string }
  | { do: 'edit'; message: string; text: string }
  | { do: 'link'; account: string; ref: string | null }
  | { do: 'comment'; comment: Schemas['NewComment'] }
  | { do: 'delete_comment'; account: string; comment: string }
  | { do: 'write'; message: Schemas['NewMessage'] };

/** Does it as a person. */
export function perform(username: string, act: Act): Promise<object> {
  const path = { username };
  const of = (message: string) => ({ path: { username, message } });
  switch (act.do) {
    case 'follow':
      return answer(api.POST('/_parlance/people/{username}/follows', { params: { path }, body: { to: act.account } }));
    case 'unfollow':
      return answer(
        api.DELETE('/_parlance/people/{username}/follows', { params: { path, query: { with: act.account } } }),
      );
    case 'block':
      return answer(api.POST('/_parlance/people/{username}/blocks', { params: { path }, body: { to: act.account } }));
    case 'unblock':
      return answer(
        api.DELETE('/_parlance/people/{username}/blocks', { params: { path, query: { with: act.account } } }),
      );
    case 'open':
      return answer(api.POST('/_parlance/people/{username}/opens', { params: { path }, body: { with: act.account } }));
    case 'type':
      return answer(api.POST('/_parlance/people/{username}/typings', { params: { path }, body: { to: act.account } }));
    case 'visit':
      return answer(api.POST('/_parlance/people/{username}/visits', { params: { path }, body: { to: act.account } }));
    case 'delete_thread':
      return answer(
        api.DELETE('/_parlance/people/{username}/messages', { params: { path, query: { with: act.account } } }),
      );
    case 'tap':
      return answer(api.POST('/_parlance/people/{username}/taps', { params: { path }, body: act.tap }));
    case 'react': {
      const body = { message_id: act.message, reaction: act.emoji };
      return answer(api.POST('/_parlance/people/{username}/reactions', { params: { path }, body }));
    }
    case 'unreact':
      return answer(api.DELETE('/_parlance/people/{username}/reactions/{message}', { params: of(act.message) }));
    case 'unsend':
      return answer(api.DELETE('/_parlance/people/{username}/messages/{message}', { params: of(act.message) }));
    case 'edit': {
      const body = { text: act.text };
      return answer(api.POST('/_parlance/people/{username}/messages/{message}', { params: of(act.message), body }));
    }
    case 'link': {
      const body = { to: act.account, ref: act.ref };
      return answer(api.POST('/_parlance/people/{username}/links', { params: { path }, body }));
    }
    case 'comment':
      return answer(api.POST('/_parlance/people/{username}/comments', { params: { path }, body: act.comment }));
    case 'delete_comment': {
      const params = { path: { username, comment: act.comment }, query: { with: act.account } };
      return answer(api.DELETE('/_parlance/people/{username}/comments/{comment}', { params }));
    }
    case 'write':
      return answer(api.POST('/_parlance/people/{username}/messages', { params: { path }, body: act.message }));
  }
}

/** Acts of a person, with the last failure to be shown where it was caused. */
export function useAct(username: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: Act) => perform(username, act),
    onSettled: (_done, _error, act) => {
      const comments = act.do === 'comment' || act.do === 'delete_comment' ? [['accounts']] : [];
      return act.do === 'type' || act.do === 'visit'
        ? undefined
        : refresh(client, [...staleBy({ username }), ...comments]);
    },
  });
}
