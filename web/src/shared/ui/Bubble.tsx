import type { ReactNode } from 'react';

interface Props {
  /** Written by whoever looks: on the end side, filled. */
  mine: boolean;
  /** First and last of its group round their outer corners. */
  first: boolean;
  last: boolean;
  /** It failed: a red edge. */
  failed?: boolean;
  children: ReactNode;
}

/** The shape of a message. */
export function Bubble({ mine, first, last, failed = false, children }: Props) {
  const side = mine
    ? `bg-mine text-on-mine ${first ? '' : 'rounded-se-control'} ${last ? '' : 'rounded-ee-control'}`
    : `bg-bubble text-text ${first ? '' : 'rounded-ss-control'} ${last ? '' : 'rounded-es-control'}`;
  return (
    <div className={`max-w-full overflow-hidden rounded-bubble ${side} ${failed ? 'border-2 border-danger' : ''}`}>
      {children}
    </div>
  );
}
