import { Tag } from 'lucide-react';
import type { Schemas } from '../data/api';

type Colour = Schemas['Label']['colour'];

const DOTS: Record<Colour, string> = {
  teal: 'text-accent',
  green: 'text-open',
  amber: 'text-human',
  red: 'text-danger',
  violet: 'text-bot',
  slate: 'text-closed',
};

/** The sign of a label in its colour. */
export function LabelSign({ colour }: { colour: Colour }) {
  return <Tag className={`size-3 shrink-0 ${DOTS[colour]}`} strokeWidth={2} aria-hidden />;
}

/** A label: its colour, and its name. */
export function LabelChip({ label }: { label: Schemas['Label'] }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1 rounded-control bg-bubble px-1 text-meta text-text">
      <LabelSign colour={label.colour} />
      <span className="truncate">{label.name}</span>
    </span>
  );
}
