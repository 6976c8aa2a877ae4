import type { Hono } from 'hono';

import type { Space } from '../wiki/model.js';
import { spacesSeen } from '../wiki/visibility.js';
import { type Api, type ApiEnv, foundSpace, paramsOf, pathParam, serveRoute } from './api.js';
import { type Order, sortBy } from './order.js';
import { choiceParam, choicesParam, idsParam, listParam } from './query.js';
import { spaceJson } from './v2-json.js';
import { answerList } from './v2-list.js';

const SORTS = ['id', '-id', 'key', '-key', 'name', '-name'];

const orderOf = (sort: string): Order<Space> => {
  const direction = sort.startsWith('-') ? -1 : 1;
  const field = sort.replace(/^-/, '');
  const keyOf = (space: Space) =>
    field === 'key' ? [space.key] : field === 'name' ? [space.name] : [Number(space.id)];
  return { keyOf, directions: [direction] };
};

/** Spaces: the lookup by key, in any case, or id. */
export const spaceRoutes = (app: Hono<ApiEnv>, api: Api): void => {
  serveRoute(app, 'GET', '/wiki/api/v2/spaces', (c) => {
    const params = paramsOf(c);
    const ids = idsParam(params, 'ids', 250);
    const keys = listParam(params, 'keys', 250)?.map((key) => key.toLowerCase());
    const type = choiceParam(params, 'type', ['global', 'collaboration', 'knowledge_base', 'personal']);
    const statuses = choicesParam(params, 'status', ['current', 'archived']);
    const order = orderOf(choiceParam(params, 'sort', SORTS) ?? 'id');
    const items = spacesSeen(api.state.store).filter(
      (space) =>
        (ids?.includes(space.id) ?? true) &&
        (keys?.includes(space.key.toLowerCase()) ?? true) &&
        (type ?? space.type) === space.type &&
        (statuses?.includes(space.status) ?? true),
    );
    return answerList(api, c, { items: sortBy(order, items), order, toJson: spaceJson });
  });
  serveRoute(app, 'GET', '/wiki/api/v2/spaces/:id{[0-9]+}', (c) => {
    const json = spaceJson(foundSpace(api, pathParam(c, 'id')));
    c.set('points', 1);
    return c.json({ ...json, _links: { ...json._links, base: `${api.siteUrl()}/wiki` } });
  });
};
