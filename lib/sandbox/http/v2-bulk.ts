import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';

import type { Content } from '../wiki/model.js';
import { isVisible } from '../wiki/visibility.js';
import { type Api, type ApiContext, type ApiEnv, serveRoute } from './api.js';
import { userJson } from './v2-json.js';

/** The list of strings under one key of a JSON body: one to `max`, otherwise answered 400. */
const bodyList = async (c: ApiContext, key: string, max: number): Promise<readonly string[]> => {
  const body: unknown = await c.req.json().catch(() => undefined);
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined;
  const list = Array.isArray(value) ? value.map(String) : [];
  if (list.length >= 1 && list.length <= max) return list;
  throw new HTTPException(400, { message: `'${key}' must be a list of 1 to ${max} values` });
};

const typeNameOf = (content: Content): string =>
  content.type === 'comment' ? `${content.location}-comment` : content.type;

const typesOf = ({ state }: Api, ids: readonly string[]): Readonly<Record<string, string | null>> =>
  Object.fromEntries(
    ids.map((id) => {
      const content = state.store.get(id) ?? state.store.get(`att${id}`);
      return [id, content !== undefined && isVisible(state.store, content) ? typeNameOf(content) : null];
    }),
  );

/** The reads that are sent as POST. */
export const bulkRoutes = (app: Hono<ApiEnv>, api: Api): void => {
  serveRoute(app, 'POST', '/wiki/api/v2/users-bulk', async (c) => {
    const ids = new Set(await bodyList(c, 'accountIds', 250));
    const found = api.state.users.filter((user) => ids.has(user.accountId) && !user.hidden);
    c.set('points', 2 * found.length);
    return c.json({ results: found.map(userJson), _links: { base: `${api.siteUrl()}/wiki` } });
  });
  serveRoute(app, 'POST', '/wiki/api/v2/content/convert-ids-to-types', async (c) => {
    const ids = await bodyList(c, 'contentIds', 100);
    c.set('points', ids.length);
    return c.json({ results: typesOf(api, ids) });
  });
};
