/** What an agent sends, for as long as the page is open, whichever conversation is looked at. */
import type { QueryClient } from '@tanstack/react-query';
import { answer, api } from '../../data/api';
import { refreshThread } from '../../data/thread';
import { giveBack } from './returned';
import { Sends } from './sends';
import { composerOf } from './writing';

const all = new Map<string, Sends>();

export function sendsOf(client: QueryClient, agent: string): Sends {
  const known = all.get(agent);
  if (known) return known;
  const sends = new Sends({
    post: (sent) =>
      answer(
        api.POST('/inbox/api/conversations/{id}/replies', {
          params: { path: { id: sent.conversation } },
          body: { client_key: sent.key, last_seen: sent.lastSeen, body: sent.body },
        }),
      ),
    taken: (sent) => refreshThread(client, sent.conversation),
    refused: (back, why) => {
      const composer = composerOf(agent, back[0]!.conversation);
      composer.set(giveBack(composer.state(), back, why));
      void refreshThread(client, back[0]!.conversation);
    },
    later: (run, ms) => void setTimeout(run, ms),
  });
  all.set(agent, sends);
  return sends;
}
