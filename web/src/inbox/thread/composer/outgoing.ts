/** What leaves when somebody sends: the text, then the files in their order, neighbouring pictures as one message. */
import type { Body } from '../facts';
import type { Attached } from './writing';

interface Leaving {
  body: Body;
  files: readonly Attached[];
}

/** Pictures of one message. */
const PICTURES = 10;

export function outgoing(text: string, replyTo: string | null, files: readonly Attached[]): Leaving[] {
  const groups: Attached[][] = [];
  for (const file of files) {
    const before = groups.at(-1);
    const joins = file.media === 'image' && before?.[0]?.media === 'image' && before.length < PICTURES;
    if (joins) before.push(file);
    else groups.push([file]);
  }
  const said: Leaving[] =
    text === '' ? [] : [{ body: { kind: 'text', text, ...(replyTo ? { reply_to: replyTo } : {}) }, files: [] }];
  return [...said, ...groups.map((group) => ({ body: bodyOf(group), files: group }))];
}

function bodyOf(group: readonly Attached[]): Body {
  const [{ media, id }] = group as [Attached];
  if (group.length === 1) return { kind: 'media', media, attachment_id: id };
  return { kind: 'images', attachment_ids: group.flatMap((file) => file.id ?? []) };
}
