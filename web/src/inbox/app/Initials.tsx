import { initials } from '../list/row';

/** A colleague's small round sign: the letters of their name. */
export function Initials({ name, mine = false, title }: { name: string; mine?: boolean; title?: string }) {
  return (
    <span
      title={title ?? name}
      className={`inline-flex size-icon shrink-0 items-center justify-center rounded-full text-meta leading-none font-medium ${mine ? 'bg-accent text-on-accent' : 'bg-accent-quiet text-accent'}`}
      aria-hidden
    >
      {initials(name).slice(0, 2)}
    </span>
  );
}
