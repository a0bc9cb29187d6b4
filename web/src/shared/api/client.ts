/** Typed calls of the emulator's surface. What is refused and what cannot be reached are errors with a sentence to show. */
import createClient from 'openapi-fetch';
import { t } from '../words';
import type { components, paths } from './emulator';

export type Schemas = components['schemas'];

/** The server answered, and did nothing. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** No answer came. */
export class Offline extends Error {
  constructor() {
    super(t('error.offline'));
  }
}

/** What to tell a person of an error. */
export const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? 'http://localhost' });

/** The sentence in the body of an error. The platform begins some with their code, which says nothing to a person. */
export function sentence(status: number, body: unknown): string {
  const message = (body as { error?: { message?: unknown } } | undefined)?.error?.message;
  return typeof message === 'string' ? message.replace(/^\(#\d+\)\s*/, '') : `HTTP ${status}`;
}

/** The answer of a call, or an error that can be shown. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call.catch((problem: unknown) => {
    throw problem instanceof TypeError ? new Offline() : problem;
  });
  if (!response.ok) throw new Refused(response.status, sentence(response.status, error));
  return data as T;
}

/**
 * An address of this server without its origin, which may be another name of the same machine; others as they are. A server on
 * another port is another one.
 */
export function here(url: string, port = globalThis.location?.port ?? ''): string {
  const { protocol, port: its, pathname, search } = URL.parse(url) ?? {};
  const isOwn = /^https?:$/.test(protocol ?? '') && its === port && /^\/(_parlance|ig_messaging_cdn)\//.test(pathname!);
  return isOwn ? `${pathname}${search}` : url;
}
