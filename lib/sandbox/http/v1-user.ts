import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';

import type { WikiState } from '../wiki/wiki-state.js';
import { callerOf } from '../wiki/wiki-state.js';
import { type Api, type ApiEnv, paramsOf, serveRoute } from './api.js';

const PICTURE = { path: '/wiki/aa-avatar/default', width: 48, height: 48, isDefault: true };
const EXPANDABLE = { operations: '', details: '', personalSpace: '' };

/** A user in the shape of v1; a hidden one shows its account id only. */
export const v1User = ({ users }: WikiState, accountId: string) => {
  const user = users.find((other) => other.accountId === accountId && !other.hidden);
  return {
    type: user === undefined ? 'unknown' : 'known',
    accountId,
    accountType: user?.accountType ?? '',
    email: user?.email ?? '',
    publicName: user?.displayName ?? 'Unknown user',
    displayName: user?.displayName ?? 'Unknown user',
    profilePicture: PICTURE,
    isExternalCollaborator: false,
    _expandable: EXPANDABLE,
    _links: {},
  };
};

const BULK_MAX = 100;

/** Who am I, and users by id: the first hundred ids, the others are dropped in silence. */
export const userRoutes = (app: Hono<ApiEnv>, api: Api): void => {
  serveRoute(app, 'GET', '/wiki/rest/api/user/current', (c) => {
    c.set('points', 2);
    return c.json(v1User(api.state, callerOf(api.state)));
  });
  serveRoute(app, 'GET', '/wiki/rest/api/user/bulk', (c) => {
    const asked = paramsOf(c).getAll('accountId').slice(0, BULK_MAX);
    const known = asked.filter((id) => api.state.users.some((user) => user.accountId === id && !user.hidden));
    if (asked.length === 0) throw new HTTPException(400, { message: 'accountId is required' });
    c.set('points', 2 * known.length);
    const results = known.map((id) => v1User(api.state, id));
    return c.json({ results, start: 0, limit: BULK_MAX, size: results.length, _links: {} });
  });
};
