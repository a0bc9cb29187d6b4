/** What an agent sends, whichever conversation is looked at, and in whichever tab. */
import type { QueryClient } from '@tanstack/react-query';
import { answer, api } from '../../data/api';
import { refreshThread } from '../../data/thread';
import { giveBack } from './returned';
import { adopt, keep } from './kept';
import { Sends } from './sends';
import { browserStorage, composerOf } from './writing';

/** Tells what this tab keeps from what others do. */
const TAB = crypto.randomUUID();

const all = new Map<string, Sends>();

export function sendsOf(client: QueryClient, agent: string): Sends {
  const known = all.get(agent);
  if (known) return known;
  const storage = browserStorage();
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
    keep: (waiting) => keep(storage, agent, TAB, waiting),
    later: (run, ms) => void setTimeout(run, ms),
  });
  all.set(agent, sends);
  sends.add(adopt(storage, agent));
  return sends;
}
