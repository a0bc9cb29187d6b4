/** Messages in the order in which they are read, with what stands between them. */
import type { Schemas } from '../../shared/api/client';
import { differentDay, millis } from '../../shared/time';

export type Message = Schemas['MessageView'];

export interface Row {
  message: Message;
  time: number;
  /** A day begins here. */
  day: boolean;
  /** First and last of what one side wrote within two minutes of each other. */
  first: boolean;
  last: boolean;
}

const TOGETHER = 120_000;

/** Rows, oldest first, of messages that are given newest first. */
export function rows(newestFirst: readonly Message[]): Row[] {
  const messages = [...newestFirst].reverse();
  const times = messages.map((message) => millis(message.created_time));
  const joined = (index: number) => {
    const [a, b] = [messages[index - 1], messages[index]];
    if (!a || !b || a.from !== b.from || a.is_unsent || b.is_unsent) return false;
    const [from, to] = [times[index - 1]!, times[index]!];
    return to - from <= TOGETHER && !differentDay(from, to);
  };
  return messages.map((message, index) => ({
    message,
    time: times[index]!,
    day: index === 0 || differentDay(times[index - 1]!, times[index]!),
    first: !joined(index),
    last: !joined(index + 1),
  }));
}

/** The account's newest message of a thread, by which it is seen. */
export const newestOf = (newestFirst: readonly Message[], writer: string) =>
  newestFirst.find((message) => message.from === writer)?.id ?? null;
