import { Loading, Skeleton } from '../../shared/ui/states';

/** The shape of what is one's own, until it is there. */
export function MeShape() {
  return (
    <Loading className="flex flex-col gap-4 p-4">
      <Skeleton className="h-4 w-1/2" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-full" />
    </Loading>
  );
}
