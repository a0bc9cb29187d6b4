/**
 * What stands on the desk, as it is written in the address: one `h` for each handset, `person/account/…`.
 * Copying the address copies the desk.
 */
export type Place =
  | { at: 'home' }
  | { at: 'me' }
  | { at: 'thread'; account: string }
  | { at: 'account'; account: string }
  | { at: 'post'; account: string; media: string }
  | { at: 'story'; account: string };

export interface HandsetState {
  /** Whose it is; nobody's while somebody is picked. */
  person: string | null;
  place: Place;
}

export const HOME: Place = { at: 'home' };

/** At most this many side by side. */
export const MOST = 6;

function readPlace([account, what, id]: string[]): Place {
  if (!account) return HOME;
  if (account === '@me') return { at: 'me' };
  if (what === 'profile') return { at: 'account', account };
  if (what === 'story') return { at: 'story', account };
  if (what === 'posts' && id) return { at: 'post', account, media: id };
  return { at: 'thread', account };
}

function writePlace(place: Place): string[] {
  switch (place.at) {
    case 'home':
      return [];
    case 'me':
      return ['@me'];
    case 'thread':
      return [place.account];
    case 'account':
      return [place.account, 'profile'];
    case 'story':
      return [place.account, 'story'];
    case 'post':
      return [place.account, 'posts', place.media];
  }
}

/** Reads the query of an address. There is always a handset; the first is nobody's on an empty desk. */
export function readDesk(search: string): HandsetState[] {
  const handsets = new URLSearchParams(search)
    .getAll('h')
    .slice(0, MOST)
    .map((text) => {
      const [person, ...rest] = text.split('/');
      return { person: person || null, place: person ? readPlace(rest) : HOME };
    });
  return handsets.length > 0 ? handsets : [{ person: null, place: HOME }];
}

/** Writes the query of an address. Ids and usernames need no escaping beyond what `URLSearchParams` does. */
export function writeDesk(handsets: HandsetState[]): string {
  if (handsets.every((handset) => handset.person === null) && handsets.length <= 1) return '';
  const query = new URLSearchParams();
  for (const { person, place } of handsets) query.append('h', person ? [person, ...writePlace(place)].join('/') : '');
  return `?${query.toString().replaceAll('%2F', '/').replaceAll('%40', '@')}`;
}
