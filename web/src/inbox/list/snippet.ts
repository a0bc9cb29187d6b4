/** The newest thing of a conversation in one line that says what it is, and whose. */
import { t, type Key } from '../../shared/words';
import type { Schemas } from '../data/api';

export type Snippet = Schemas['Snippet'];

/** Who is who, as far as a line needs it. */
export interface Who {
  /** The id of who looks. */
  me: string;
  /** The name of an agent. */
  agent: (id: string) => string;
  /** What the account is called, for what was written by none of the desk. */
  account: string;
}

/** What is said of a kind that is more than its text. */
const KINDS: Record<string, Key> = {
  image: 'list.kind.image',
  video: 'list.kind.video',
  audio: 'list.kind.audio',
  file: 'list.kind.file',
  share: 'list.kind.share',
  reel: 'list.kind.reel',
  story_mention: 'list.kind.story_mention',
  story_share: 'list.kind.story_share',
  template: 'list.kind.template',
  ephemeral: 'list.kind.ephemeral',
  like_heart: 'list.kind.like_heart',
  referral: 'list.kind.referral',
  optin: 'list.kind.optin',
  feedback: 'list.kind.feedback',
  control_passed: 'list.kind.control_passed',
  control_taken: 'list.kind.control_taken',
  control_requested: 'list.kind.control_requested',
  unsupported: 'list.kind.unsupported',
};

/** Events that nobody of the two has written: nobody's name stands before them. */
const EVENTS = new Set(['referral', 'optin', 'feedback', 'control_passed', 'control_taken', 'control_requested']);

const line = (text: string) => text.replace(/\s+/g, ' ').trim();

/** What it says, whoever it is from. */
function saying(kind: string, text: string): string {
  if (kind === 'text') return text || t('list.kind.other');
  if (kind === 'story_reply') return t('list.kind.story_reply', { text });
  if (kind === 'postback') return text ? t('list.kind.postback', { text }) : t('list.kind.tap');
  const known = KINDS[kind];
  const what = t(known ?? 'list.kind.other');
  return text ? t('list.kind.with', { what, text }) : what;
}

function reaction(snippet: Snippet, name: string | null): string {
  const emoji = snippet.emoji ?? '';
  const text = line(snippet.text ?? '');
  if (name === null) return text ? t('list.reacted', { emoji, text }) : t('list.reactedOnly', { emoji });
  return text ? t('list.reactedBy', { name, emoji, text }) : t('list.reactedOnlyBy', { name, emoji });
}

/** The line of a conversation. */
export function snippetLine(snippet: Snippet | null | undefined, who: Who): string {
  if (!snippet) return t('list.nothing');
  const { kind, side, agent } = snippet;
  const text = line(snippet.text ?? '');
  const mine = agent === who.me;
  const name = mine ? t('common.you') : agent ? who.agent(agent) : who.account;
  if (kind === 'note') return mine ? t('list.noteMine', { text }) : t('list.note', { name, text });
  if (kind === 'reaction') return reaction(snippet, side === 'business' ? name : null);
  if (kind === 'unsent') return side === 'business' ? t('list.by', { name, text: t('list.unsent') }) : t('list.unsent');
  const said = saying(kind, text);
  return side === 'business' && !EVENTS.has(kind) ? t('list.by', { name, text: said }) : said;
}
