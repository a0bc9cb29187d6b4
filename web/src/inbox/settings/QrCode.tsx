import { useMemo } from 'react';
import { encode } from 'uqr';

/** A text as a picture for cameras: dark on light in every theme, as they expect it. */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { data, size } = encode(text, { ecc: 'M', border: 2 });
    const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size, path: cells.join('') };
  }, [text]);
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="size-qr shrink-0 rounded-control bg-on-story"
    >
      <path d={path} className="fill-story" />
    </svg>
  );
}
