import { Clock3, Lock, MessageCircleDashed, UserRound } from 'lucide-react';
import type { WindowLine } from './windowLine';

const LOOKS = {
  open: [Clock3, 'text-open'],
  human_agent: [UserRound, 'text-human'],
  closed: [Lock, 'text-closed'],
  none: [MessageCircleDashed, 'text-closed'],
} as const;

/** Whether one may answer, for how long, and why: state as icon, word and colour. */
export function WindowBar({ line }: { line: WindowLine }) {
  const [Icon, plain] = LOOKS[line.state];
  const colour = line.ending ? 'text-human' : plain;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-dense" data-window={line.state}>
      <span className={`flex items-center gap-1 font-medium ${colour}`}>
        <Icon className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
        {line.word}
        {line.left !== '' && (
          <span className="tabular-nums" role="timer" aria-live="off">
            {line.left}
          </span>
        )}
      </span>
      <span className="min-w-0 text-muted">{line.why}</span>
    </p>
  );
}
