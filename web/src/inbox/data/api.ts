/** Typed calls of the inbox's own API. What is refused and what cannot be reached are errors with a sentence to show. */
import createClient from 'openapi-fetch';
import { Offline, Refused as Plain } from '../../shared/api/client';
import type { components, paths } from '../../shared/api/inbox';

export type Schemas = components['schemas'];
export type Why = Schemas['Why'];

/** The inbox answered, and did nothing; `why` names the reason, and what is newer where something stands against a reply. */
export class Refused extends Plain {
  constructor(
    status: number,
    readonly why: Why,
  ) {
    super(status, why.message);
  }
}

/** The header that only our own page sends: without it no change is taken. */
const OWN = { 'x-parlance-inbox': '1' };

export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? 'http://localhost',
  headers: OWN,
});

/** The answer of a call, or an error that can be shown. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call.catch((problem: unknown) => {
    throw problem instanceof TypeError ? new Offline() : problem;
  });
  if (!response.ok) throw new Refused(response.status, whyOf(error, response.status));
  return data as T;
}

function whyOf(body: unknown, status: number): Why {
  const why = (body as { error?: Why } | undefined)?.error;
  return why?.message ? why : { reason: 'unknown', message: `HTTP ${status}` };
}
