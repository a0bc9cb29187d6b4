/** How a person came to an account, which their next message tells. */
import type { Draft } from '../data/outbox';
import { t } from '../../shared/words';

export type Arrival =
  { by: 'link'; ref: string } | { by: 'ad'; id: string; title: string; ref: string } | { by: 'product'; id: string };

/** The part of a message that tells of it. */
export function told(arrival: Arrival | null): Draft['body'] {
  switch (arrival?.by) {
    case undefined:
      return {};
    case 'link':
      return { ref: arrival.ref };
    case 'ad': {
      const { id, title, ref } = arrival;
      return { ad: { ad_id: id, ...(title ? { ad_title: title } : {}), ...(ref ? { ref } : {}) } };
    }
    case 'product':
      return { product: arrival.id };
  }
}

/** The same in words. */
export function words(arrival: Arrival): string {
  switch (arrival.by) {
    case 'link':
      return t('arrive.byLink', { text: arrival.ref });
    case 'ad':
      return t('arrive.byAd', { text: arrival.title || arrival.id });
    case 'product':
      return t('arrive.byProduct', { text: arrival.id });
  }
}
