import { useRef, type PointerEvent } from 'react';

const HOLD = 450;

/** Handlers that notice a finger held still. A mouse has its hover. */
export function useLongPress(run: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => clearTimeout(timer.current);
  return {
    onPointerDown: (event: PointerEvent) => {
      stop();
      if (event.pointerType === 'touch') timer.current = setTimeout(run, HOLD);
    },
    onPointerUp: stop,
    onPointerMove: (event: PointerEvent) => {
      if (Math.hypot(event.movementX, event.movementY) > 4) stop();
    },
    onPointerCancel: stop,
    onContextMenu: (event: { preventDefault: () => void; nativeEvent: Event }) => {
      if ((event.nativeEvent as globalThis.PointerEvent).pointerType === 'touch') event.preventDefault();
    },
  };
}
