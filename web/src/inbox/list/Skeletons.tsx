import { Skeleton } from '../../shared/ui/states';

/** Grey rows of the shape of conversations. */
export function RowSkeletons({ count }: { count: number }) {
  return (
    <div aria-hidden>
      {Array.from({ length: count }, (_, index) => (
        <span key={index} className="flex h-conversation items-center gap-3 px-3">
          <Skeleton className="size-avatar-l rounded-full!" />
          <span className="flex min-w-0 flex-1 flex-col gap-2">
            <span className="flex justify-between">
              <Skeleton className={`h-3 ${index % 3 === 0 ? 'w-1/3' : 'w-1/2'}`} />
              <Skeleton className="h-3 w-8" />
            </span>
            <Skeleton className={`h-3 ${index % 2 === 0 ? 'w-full' : 'w-3/4'}`} />
          </span>
        </span>
      ))}
    </div>
  );
}
