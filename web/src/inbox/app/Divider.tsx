import type { KeyboardEvent, PointerEvent } from 'react';
import { dir } from '../../shared/words';
import { layout, LIMITS, usePanes, within, type Foldable } from './layout';

/** How far an arrow key moves the edge, in pixels. */
const STEP = 16;

interface Props {
  pane: Foldable;
  label: string;
  /** Whether the pane grows towards the end of the line. */
  grows: 'end' | 'start';
}

/** The edge of a pane, which can be moved by pointer and by keyboard; double-click makes it as it was. */
export function Divider({ pane, label, grows }: Props) {
  const { width } = usePanes()[pane];
  const { least, most, usual } = LIMITS[pane];
  const sign = (grows === 'end') === (dir() === 'ltr') ? 1 : -1;
  const press = (event: KeyboardEvent) => {
    const now = width ?? usual;
    const next: Record<string, number> = {
      ArrowRight: now + sign * STEP,
      ArrowLeft: now - sign * STEP,
      Home: least,
      End: most,
    };
    if (event.key === 'Enter') layout.size(pane, null);
    else if (next[event.key] !== undefined) layout.size(pane, next[event.key]!);
    else return;
    event.preventDefault();
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const edge = event.currentTarget;
    const { clientX } = event;
    const from = width ?? usual;
    edge.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => layout.size(pane, from + sign * (moved.clientX - clientX));
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  return (
    <div className="relative hidden w-px shrink-0 bg-line desk:block">
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuemin={least}
        aria-valuemax={most}
        aria-valuenow={within(pane, width ?? usual)}
        tabIndex={0}
        onKeyDown={press}
        onPointerDown={drag}
        onDoubleClick={() => layout.size(pane, null)}
        className="absolute inset-y-0 z-20 -ms-1 w-2 cursor-col-resize touch-none transition-colors hover:bg-accent/40 focus-visible:bg-accent"
      />
    </div>
  );
}
