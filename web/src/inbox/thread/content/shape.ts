/**
 * What there is to see of a message, read from what was told: total, so that whatever the platform sends has a face. What
 * nobody knows is shown as it came.
 */
import type { Schemas } from '../../data/api';

export type Message = Schemas['Message'];

export interface Button {
  title: string;
  /** The page that it opens; null where it answers the app. */
  url: string | null;
}

export interface Card {
  title: string;
  subtitle: string;
  picture: string | null;
  url: string | null;
  /** Of a product, which is told by its id alone. */
  product: string | null;
  buttons: Button[];
}

export type Part =
  | { is: 'text'; text: string }
  | { is: 'images'; urls: (string | null)[] }
  | { is: 'video' | 'audio' | 'file'; url: string | null; title: string }
  | { is: 'heart' | 'ephemeral' | 'unsupported' | 'unsent' | 'untold' }
  | { is: 'story'; how: 'reply' | 'mention' | 'share'; url: string | null }
  | { is: 'share'; what: 'post' | 'reel'; url: string | null; title: string }
  | { is: 'template'; text: string; cards: Card[]; buttons: Button[] }
  | { is: 'choice'; how: 'quick_reply' | 'postback'; title: string; payload: string }
  | { is: 'referral'; how: 'ad' | 'product' | 'link'; title: string; ref: string; id: string; picture: string | null }
  | { is: 'unknown'; kind: string; raw: unknown };

/** Kinds that stand between messages as small text. */
export const EVENTS = ['control_passed', 'control_taken', 'control_requested', 'optin', 'feedback'] as const;
export type EventKind = (typeof EVENTS)[number];
export const isEvent = (kind: string): kind is EventKind => (EVENTS as readonly string[]).includes(kind);

/** A text, of whatever it is; nothing where it is none. */
export function word(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'bigint'
      ? String(value)
      : '';
}

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** An address that a browser may be given: a page or file of the web, nothing that runs. */
export function address(value: unknown): string | null {
  const text = word(value);
  return /^https?:\/\/[^\s]+$/i.test(text) ? text : null;
}

/** What a message shows, in order; never nothing. */
export function shape(message: Message): Part[] {
  const kind = word(message.kind);
  if (kind === 'unsent') return [{ is: 'unsent' }];
  const content = record(message.content);
  const text = word(message.text);
  const parts: Part[] = [...referral(content['referral'])];
  if (kind === 'referral') parts.push(...referral(record(content['raw'])['referral']));
  const story = record(content['story']);
  if (kind === 'story_reply' || Object.keys(story).length > 0) {
    parts.push({ is: 'story', how: 'reply', url: address(story['url']) });
  }
  parts.push(...attachments(list(content['attachments'])));
  if (parts.length === 0) parts.push(...placeholder(kind));
  const template = parts.some((part) => part.is === 'template' && part.text !== '' && part.text === text);
  const payload = word(content['payload']);
  if (kind === 'postback') parts.push({ is: 'choice', how: 'postback', title: text, payload });
  else if (text !== '' && payload !== '') parts.push({ is: 'choice', how: 'quick_reply', title: text, payload });
  else if (text !== '' && !template) parts.push({ is: 'text', text });
  if (kind === 'unsupported') parts.unshift({ is: 'unsupported' });
  if (parts.length === 0 && kind === 'untold') return [{ is: 'untold' }];
  const told = content['raw'] ?? message;
  return parts.length > 0 ? parts : [{ is: 'unknown', kind: kindOf(kind, content['raw']), raw: told }];
}

/** The name of what is not known: of an event, the key that is no part of its frame. */
export function kindOf(kind: string, raw: unknown): string {
  if (kind !== 'unknown' && kind !== '') return kind;
  const frame = ['sender', 'recipient', 'timestamp', 'is_self'];
  return Object.keys(record(raw)).find((key) => !frame.includes(key) && key !== '') ?? 'unknown';
}

function referral(value: unknown): Part[] {
  const told = record(value);
  if (Object.keys(told).length === 0) return [];
  const ad = record(told['ads_context_data']);
  const product = word(record(told['product'])['id']);
  const [id, ref] = [word(told['ad_id']), word(told['ref'])];
  const how = id !== '' || word(told['source']) === 'ADS' ? 'ad' : product !== '' ? 'product' : 'link';
  const picture = address(ad['photo_url']) ?? address(ad['video_url']);
  return [{ is: 'referral', how, title: word(ad['ad_title']), ref, id: how === 'product' ? product : id, picture }];
}

/** A kind whose file is not told yet, or never is: what was sent from here, until its echo comes. */
function placeholder(kind: string): Part[] {
  switch (kind) {
    case 'image':
      return [{ is: 'images', urls: [null] }];
    case 'video':
    case 'audio':
    case 'file':
      return [{ is: kind, url: null, title: '' }];
    case 'like_heart':
      return [{ is: 'heart' }];
    case 'ephemeral':
      return [{ is: 'ephemeral' }];
    case 'story_mention':
      return [{ is: 'story', how: 'mention', url: null }];
    default:
      return [];
  }
}

function attachments(all: unknown[]): Part[] {
  const parts: Part[] = [];
  const shown = new Set<string>();
  for (const value of all) {
    const part = attachment(record(value));
    const before = parts.at(-1);
    // While two spellings of a shared post were told, both came.
    const twin = part.is === 'share' && part.url !== null && shown.has(part.url);
    if (part.is === 'share' && part.url !== null) shown.add(part.url);
    if (part.is === 'images' && before?.is === 'images') before.urls.push(...part.urls);
    else if (!twin) parts.push(part);
  }
  return parts;
}

function attachment(told: Record<string, unknown>): Part {
  const type = word(told['type']);
  const url = address(told['url']);
  const title = word(told['title']);
  switch (type) {
    case 'image':
    case 'sticker':
      return { is: 'images', urls: [url] };
    case 'video':
    case 'audio':
    case 'file':
      return { is: type, url, title };
    case 'like_heart':
      return { is: 'heart' };
    case 'ephemeral':
      return { is: 'ephemeral' };
    case 'share':
    case 'ig_post':
    case 'media':
    case 'fallback':
      return { is: 'share', what: 'post', url, title };
    case 'ig_reel':
    case 'reel':
      return { is: 'share', what: 'reel', url, title };
    case 'story_mention':
      return { is: 'story', how: 'mention', url };
    case 'ig_story':
    case 'story':
      return { is: 'story', how: 'share', url };
    case 'template':
      return template(told) ?? { is: 'unknown', kind: type, raw: told };
    default:
      return { is: 'unknown', kind: type || 'attachment', raw: told };
  }
}

/** A template, as it was sent or as its echo tells it. */
function template(told: Record<string, unknown>): Part | null {
  const payload = record(told['payload']);
  const inner = ['generic', 'product', 'button'].map((name) => record(payload[name]));
  const of = (name: string) => [payload, ...inner].map((one) => one[name]).find((value) => value !== undefined);
  const cards = list(of('elements')).map(card);
  const [text, choices] = [word(of('text')), buttons(of('buttons'))];
  return cards.length > 0 || text !== '' || choices.length > 0
    ? { is: 'template', text, cards, buttons: choices }
    : null;
}

function card(value: unknown): Card {
  const told = record(value);
  return {
    title: word(told['title']),
    subtitle: word(told['subtitle']),
    picture: address(told['image_url']),
    url: address(record(told['default_action'])['url']),
    product: word(told['id']) || null,
    buttons: buttons(told['buttons']),
  };
}

const buttons = (value: unknown): Button[] =>
  list(value).map((one) => ({ title: word(record(one)['title']), url: address(record(one)['url']) }));
