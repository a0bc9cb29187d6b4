import { here } from '../api/client';
import { useNow } from '../clock';
import { left } from '../time';
import { windowAt, type Window } from '../window';
import { t } from '../words';

const SIZES = { s: 'size-avatar-s', m: 'size-avatar', l: 'size-avatar-l', xl: 'size-avatar-xl' } as const;
const RADIUS = 17;
const ROUND = 2 * Math.PI * RADIUS;

interface Props {
  name: string;
  picture: string | null | undefined;
  size?: keyof typeof SIZES;
  /** When the person last opened the window; null before they did, left out where there is no thread. */
  opened?: number | null | undefined;
  /** Its name is written beside it, so that it says nothing of its own. */
  plain?: boolean;
  /** What the ring says in words; from where the person sits, unless told. */
  says?: (window: Window) => string;
}

/** A picture, in the window ring: how much of its 24 hours is left, in colour, line and shape. */
export function Avatar({ name, picture, size = 'm', opened, plain = true, says = windowWords }: Props) {
  const now = useNow();
  const ring = opened === undefined || opened === null ? null : windowAt(opened, now);
  return (
    <span className={`relative inline-block shrink-0 rounded-full ${SIZES[size]}`}>
      <span className={`absolute inset-ring block overflow-hidden rounded-full bg-bubble ${ring ? '' : 'inset-0'}`}>
        {picture && (
          <img
            src={here(picture)}
            alt={plain || ring ? '' : name}
            className="size-full object-cover"
            draggable={false}
          />
        )}
      </span>
      {ring && <Ring window={ring} label={t('window.ring', { name, state: says(ring) })} />}
    </span>
  );
}

const STROKES = {
  open: 'stroke-open',
  human_agent: 'stroke-human',
  closed: 'stroke-closed',
  none: 'stroke-line',
} as const;

function Ring({ window, label }: { window: Window; label: string }) {
  const colour = window.ending ? 'stroke-human' : STROKES[window.state];
  const width = window.ending ? 1.5 : 2.25;
  // Full for closed; dots where only a human agent may answer.
  const dashes = { open: `${window.share * ROUND} ${ROUND}`, human_agent: '0.1 5.24', closed: '', none: '' }[
    window.state
  ];
  return (
    <svg viewBox="0 0 36 36" className="absolute inset-0 size-full -rotate-90" role="img" aria-label={label}>
      <title>{label}</title>
      {window.state === 'open' && (
        <circle cx="18" cy="18" r={RADIUS} fill="none" strokeWidth="1" className="stroke-line" />
      )}
      <circle
        cx="18"
        cy="18"
        r={RADIUS - (window.state === 'closed' ? 0 : 0.2)}
        fill="none"
        strokeWidth={window.state === 'closed' ? 1.25 : width}
        strokeDasharray={dashes}
        strokeLinecap="round"
        className={colour}
      />
    </svg>
  );
}

/** The state of a window in words, with how long it lasts. */
export function windowWords(window: Window): string {
  switch (window.state) {
    case 'open':
      return t('window.openLeft', { left: left(window.left) });
    case 'human_agent':
      return t('window.humanLeft', { left: left(window.left) });
    case 'closed':
      return t('window.closedWhy');
    case 'none':
      return t('window.noneWhy');
  }
}
