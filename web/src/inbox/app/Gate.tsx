import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Refused } from '../../shared/api/client';
import { Boundary, ErrorState, Loading, Skeleton } from '../../shared/ui/states';
import { session } from '../data/queries';
import { DeskProvider } from './Desk';
import { Shell } from './Shell';

/** Most come in with a log-in that they have. */
const Login = lazy(async () => ({ default: (await import('../session/Login')).Login }));

/** Lets those in who are logged in; others log in where they are, and go on where they wanted to be. */
export function Gate() {
  const { data, error, refetch } = useQuery(session());
  if (error instanceof Refused && error.status === 401) {
    return (
      <Suspense fallback={<Waiting />}>
        <Login />
      </Suspense>
    );
  }
  if (!data && error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return (
    <DeskProvider key={data.agent.id} session={data}>
      <Shell>
        <Boundary>
          <Outlet />
        </Boundary>
      </Shell>
    </DeskProvider>
  );
}

function Waiting() {
  return (
    <Loading className="flex h-full flex-col gap-4 p-6">
      <Skeleton className="h-12 w-1/3" />
      <Skeleton className="h-12 w-1/2" />
      <Skeleton className="h-12 w-1/4" />
    </Loading>
  );
}
