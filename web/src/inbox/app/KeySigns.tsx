import { Fragment } from 'react';

/** Keys that have another name on the board than in a press. */
const NAMES: Record<string, string> = { Enter: '↵', Escape: 'Esc', ' ': '␣' };

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** The keys of a row, one by one: `g m`, `mod+k`, `E`. */
export function keyNames(keys: string, mac = isMac()): string[][] {
  return keys.split(' ').map((press) => {
    if (press.startsWith('mod+')) return [mac ? '⌘' : 'Ctrl', press.slice(4).toUpperCase()];
    if (/^[A-Z]$/.test(press)) return ['⇧', press];
    return [NAMES[press] ?? (/^[a-z]$/.test(press) ? press.toUpperCase() : press)];
  });
}

/** The keys as they stand on the keyboard. */
export function KeySigns({ keys, quiet = false }: { keys: string; quiet?: boolean }) {
  const look = quiet ? '' : 'border border-line bg-surface text-muted';
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-meta" dir="ltr">
      {keyNames(keys).map((press, index) => (
        <Fragment key={index}>
          {press.map((name) => (
            <kbd key={name} className={`rounded-control px-1 font-sans ${look}`}>
              {name}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
