/**
 * What stands in a thread, from top to bottom: messages, notes, what happened, and what is on its way, in the order of time,
 * with what stands between them. Pure; rows that say the same as before are the same objects, so that only what changed is
 * drawn anew.
 */
import { differentDay } from '../../shared/time';
import { HUMAN_AGENT, STANDARD } from '../../shared/window';
import type { Schemas } from '../data/api';
import { isEvent, record, word, type Message } from './content/shape';
import type { Happening, Note, Out } from './facts';

export type Reaction = Schemas['Reaction'];

/** Something that happened, as small text. */
export type Event =
  | { is: 'happening'; key: string; time: number; happening: Happening }
  | { is: 'told'; key: string; time: number; message: Message }
  | { is: 'window'; key: string; time: number; state: 'human_agent' | 'closed' };

interface Grouped {
  /** First and last of what one author wrote within two minutes. */
  first: boolean;
  last: boolean;
}

interface Said {
  message: Message;
  /** The message that it answers, where that is shown. */
  answered: Message | null;
  reactions: Reaction[];
  /** Up to here the person has seen what was sent. */
  seen: boolean;
}

export type Row =
  | { is: 'day'; key: string; time: number }
  | { is: 'new'; key: string }
  | ({ is: 'message'; key: string; time: number } & Said & Grouped)
  | { is: 'note'; key: string; time: number; note: Note }
  | { is: 'events'; key: string; events: Event[] }
  | ({ is: 'out'; key: string; time: number; out: Out } & Grouped);

export interface Facts {
  /** Oldest first. */
  messages: readonly Message[];
  /** Whether there are older ones, so that what is older than the first is not shown yet. */
  more: boolean;
  reactions: readonly Reaction[];
  notes: readonly Note[];
  happenings: readonly Happening[];
  /** What is on its way or failed, in the order in which it was written. */
  outs: readonly Out[];
  /** The newest message that the person has seen. */
  seen: string | null;
  /** Before which message "new" stands. */
  firstNew: string | null;
  /** The person's newest act, by which the window goes. */
  personTime: number | null;
  now: number;
}

/** What one author writes within this many milliseconds stands together. */
const TOGETHER = 120_000;

type Item =
  | { is: 'message'; time: number; message: Message }
  | { is: 'note'; time: number; note: Note }
  | { is: 'event'; time: number; event: Event }
  | { is: 'out'; time: number; out: Out };

/** The rows of a thread. */
export function rows(facts: Facts): Row[] {
  const { reactions, seen, firstNew } = facts;
  const ofMessage = new Map<string, Reaction[]>();
  for (const reaction of reactions) {
    if (!reaction.emoji) continue;
    const known = ofMessage.get(reaction.mid);
    if (known) known.push(reaction);
    else ofMessage.set(reaction.mid, [reaction]);
  }
  const byId = new Map(facts.messages.map((message) => [message.mid, message]));
  const items = inTime(facts);
  const all: Row[] = [];
  items.forEach((item, index) => {
    const before = items[index - 1];
    const day = before === undefined || differentDay(before.time, item.time);
    if (day) all.push({ is: 'day', key: `day ${item.time} ${keyOf(item)}`, time: item.time });
    if (item.is === 'message' && item.message.mid === firstNew) all.push({ is: 'new', key: 'new' });
    const group = () => ({ first: !joined(before, item), last: !joined(item, items[index + 1]) });
    switch (item.is) {
      case 'message': {
        const { message, time } = item;
        const answered = byId.get(word(record(message.content)['reply_to'])) ?? null;
        const said = { message, answered, reactions: ofMessage.get(message.mid) ?? [], seen: seen === message.mid };
        all.push({ is: 'message', key: message.mid, time, ...said, ...group() });
        break;
      }
      case 'note':
        all.push({ is: 'note', key: `note ${item.note.id}`, time: item.time, note: item.note });
        break;
      case 'out':
        all.push({ is: 'out', key: `out ${item.out.key}`, time: item.time, out: item.out, ...group() });
        break;
      case 'event': {
        const last = all.at(-1);
        if (last?.is === 'events') last.events.push(item.event);
        else all.push({ is: 'events', key: item.event.key, events: [item.event] });
      }
    }
  });
  return all;
}

const keyOf = (item: Item): string =>
  item.is === 'message'
    ? item.message.mid
    : item.is === 'note'
      ? item.note.id
      : item.is === 'out'
        ? item.out.key
        : item.event.key;

/** Everything in one order; what was told at the same moment keeps the order in which it is given. */
function inTime(facts: Facts): Item[] {
  const { messages, more, notes, happenings, outs } = facts;
  const from = more ? (messages[0]?.sent_time ?? -Infinity) : -Infinity;
  const items: Item[] = messages.map((message): Item => {
    const time = message.sent_time;
    if (!isEvent(message.kind)) return { is: 'message', time, message };
    return { is: 'event', time, event: { is: 'told', key: message.mid, time, message } };
  });
  for (const note of notes) {
    if (note.created_time >= from) items.push({ is: 'note', time: note.created_time, note });
  }
  for (const happening of happenings) {
    const time = happening.created_time;
    if (time >= from)
      items.push({ is: 'event', time, event: { is: 'happening', key: `event ${happening.seq}`, time, happening } });
  }
  for (const event of shut(facts)) items.push({ is: 'event', time: event.time, event });
  items.sort((a, b) => a.time - b.time);
  // What is still to leave stands behind everything; what failed stays where it was written.
  for (const out of outs.filter((one) => one.failed)) {
    const at = items.findIndex((item) => item.time > out.time);
    items.splice(at < 0 ? items.length : at, 0, { is: 'out', time: out.time, out });
  }
  for (const out of outs.filter((one) => !one.failed)) {
    const time = Math.max(out.time, items.at(-1)?.time ?? out.time);
    items.push({ is: 'out', time, out });
  }
  return items;
}

/** Where the window shut before somebody wrote again, and where it stands now. */
function shut({ messages, personTime, now }: Facts): Event[] {
  const acts = messages
    .filter((message) => message.side === 'person' && !isEvent(message.kind))
    .map((message) => message.sent_time);
  const events: Event[] = [];
  acts.forEach((act, index) => {
    const next = acts[index + 1];
    const end = act + HUMAN_AGENT;
    if (next !== undefined && next > end) {
      events.push({ is: 'window', key: `closed ${end}`, time: end, state: 'closed' });
    }
  });
  if (personTime === null || messages.length === 0) return events;
  const [half, end] = [personTime + STANDARD, personTime + HUMAN_AGENT];
  if (now > half) events.push({ is: 'window', key: `half ${half}`, time: half, state: 'human_agent' });
  if (now > end) events.push({ is: 'window', key: `closed ${end}`, time: end, state: 'closed' });
  return events;
}

/** Whether two neighbours are of one author and belong together. */
function joined(a: Item | undefined, b: Item | undefined): boolean {
  if (!a || !b) return false;
  const [from, to] = [authorOf(a), authorOf(b)];
  return from !== null && from === to && b.time - a.time <= TOGETHER && !differentDay(a.time, b.time);
}

/** By whom something is that may stand in a group; an unsent message stands alone. */
function authorOf(item: Item): string | null {
  if (item.is === 'out') return `business ${item.out.agent ?? ''}`;
  if (item.is !== 'message' || item.message.kind === 'unsent') return null;
  return item.message.side === 'person' ? 'person' : `business ${item.message.agent ?? ''}`;
}

/** The next rows, each the object that it was before where it says the same. */
export function reuse(before: readonly Row[], next: Row[]): Row[] {
  const known = new Map(before.map((row) => [row.key, row]));
  const kept = next.map((row) => {
    const old = known.get(row.key);
    return old && same(old, row) ? old : row;
  });
  return kept.length === before.length && kept.every((row, index) => row === before[index]) ? (before as Row[]) : kept;
}

function same(a: unknown, b: unknown, depth = 3): boolean {
  if (Object.is(a, b)) return true;
  if (depth === 0 || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  if (left.length !== right.length) return false;
  return left.every(([name, value]) => same(value, (b as Record<string, unknown>)[name], depth - 1));
}
