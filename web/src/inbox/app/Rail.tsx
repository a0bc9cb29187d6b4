import { t } from '../../shared/words';

/** Views, comments, settings, oneself. */
export function Rail() {
  return <nav aria-label={t('inbox.rail')} className="w-bar" />;
}
