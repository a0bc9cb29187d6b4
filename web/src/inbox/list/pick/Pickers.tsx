import { lazy, Suspense } from 'react';
import { later } from '../../app/later';
import { useOpenPick } from '../../app/picks';

const OpenList = lazy(async () => ({ default: (await later.pick()).OpenList }));

/** The list of choices that is open, beside what it was opened for. */
export function Pickers() {
  const open = useOpenPick();
  return open ? (
    <Suspense fallback={null}>
      <OpenList key={open.pick} open={open} />
    </Suspense>
  ) : null;
}
