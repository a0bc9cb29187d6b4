/** Where everything is: one row for each address below `/inbox`. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { Gate } from './app/Gate';
import { isView, readFilter } from './data/scope';
import { Panes } from './app/Panes';

const root = createRootRoute({ component: Outlet, notFoundComponent: () => null });

const join = createRoute({
  getParentRoute: () => root,
  path: 'join',
  component: lazyRouteComponent(() => import('./session/Join'), 'Join'),
});

/** Everything behind it is for those who are logged in. */
const gate = createRoute({ getParentRoute: () => root, id: 'gate', component: Gate });

const start = createRoute({
  getParentRoute: () => gate,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how a route redirects
    throw redirect({
      to: '/$view/{-$conversation}',
      params: { view: 'all', conversation: undefined },
      search: { status: 'open' },
    });
  },
});

export const comments = createRoute({
  getParentRoute: () => gate,
  path: 'comments',
  component: lazyRouteComponent(() => import('./comments/Comments'), 'Comments'),
});

export const settings = createRoute({
  getParentRoute: () => gate,
  path: 'settings/{-$section}',
  component: lazyRouteComponent(() => import('./settings/Settings'), 'Settings'),
});

/** A list of conversations and, beside it, one of them. `q` searches. */
export const panes = createRoute({
  getParentRoute: () => gate,
  path: '$view/{-$conversation}',
  params: { parse: ({ view, conversation }) => ({ view: isView(view) ? view : ('all' as const), conversation }) },
  validateSearch: (query: Record<string, unknown>) => ({
    ...readFilter(query),
    ...(typeof query['q'] === 'string' && query['q'] !== '' ? { q: query['q'] } : {}),
  }),
  component: Panes,
});

/** Ids are longer than what a JSON number holds, so the query is text and nothing else. */
const text = {
  parseSearch: (query: string) => Object.fromEntries(new URLSearchParams(query)),
  stringifySearch: (values: Record<string, unknown>) => {
    const pairs = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
    const query = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
    return query ? `?${query}` : '';
  },
};

export const router = createRouter({
  routeTree: root.addChildren([join, gate.addChildren([start, comments, settings, panes])]),
  basepath: '/inbox',
  ...text,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
