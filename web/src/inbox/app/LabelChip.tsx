import type { Schemas } from '../data/api';

export type Colour = Schemas['Colour'];

/** The colours of labels, by what the tokens call them. */
export const COLOURS: Record<Colour, string> = {
  teal: 'bg-accent',
  green: 'bg-open',
  amber: 'bg-human',
  red: 'bg-danger',
  violet: 'bg-bot',
  slate: 'bg-closed',
};

/** A label: its name, with a dot of its colour. */
export function LabelChip({ label }: { label: Pick<Schemas['Label'], 'name' | 'colour'> }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1 rounded-control border border-line bg-raised px-1 text-meta text-text">
      <span aria-hidden className={`size-dot shrink-0 rounded-full ${COLOURS[label.colour]}`} />
      <span className="truncate">{label.name}</span>
    </span>
  );
}
