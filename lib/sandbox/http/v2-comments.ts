import type { Hono } from 'hono';

import { type Comment, type Content, isDocument } from '../wiki/model.js';
import { isLive, isVisible } from '../wiki/visibility.js';
import {
  type Api,
  type ApiContext,
  type ApiEnv,
  foundContent,
  paramsOf,
  pathParam,
  serveRoute,
} from './api.js';
import { contentOrder, sortBy } from './order.js';
import { choiceParam, listParam } from './query.js';
import { LIST_FORMATS, SINGLE_FORMATS } from './v2-documents.js';
import { bodyJson, contentJson } from './v2-json.js';
import { answerContents, answerList } from './v2-list.js';

type Location = Comment['location'];

const SORTS = ['created-date', '-created-date', 'modified-date', '-modified-date'];

const guardOf =
  (location: Location) =>
  (content: Content | undefined): content is Comment =>
    content?.type === 'comment' && content.location === location;

const listAll = (api: Api, c: ApiContext, location: Location): Response => {
  const params = paramsOf(c);
  const sort = choiceParam(params, 'sort', SORTS) ?? 'id';
  const format = choiceParam(params, 'body-format', LIST_FORMATS);
  const guard = guardOf(location);
  const { store } = api.state;
  const where = (content: Content): boolean =>
    guard(content) && isLive(store, content) && isVisible(store, content);
  const query = {
    key: `${location}-comments ${sort}`,
    types: ['comment'],
    where,
    order: contentOrder(sort),
  } as const;
  return answerContents(api, c, query, { toJson: (content) => contentJson(api, content, format) });
};

/** The comments on a page that stand directly below `parentId`, null for the roots. */
const listBelow = (
  api: Api,
  c: ApiContext,
  location: Location,
  containerId: string,
  parentId: string | null,
): Response => {
  const params = paramsOf(c);
  const order = contentOrder(choiceParam(params, 'sort', SORTS) ?? 'id');
  const format = choiceParam(params, 'body-format', LIST_FORMATS);
  const resolutions = listParam(params, 'resolution-status', 4);
  const items = api.state.store
    .below(containerId)
    .filter(guardOf(location))
    .filter(
      (comment) =>
        comment.parentCommentId === parentId && (resolutions?.includes(comment.resolution) ?? true),
    );
  return answerList(api, c, {
    items: sortBy(order, items),
    order,
    toJson: (comment) => contentJson(api, comment, format),
  });
};

const isFirstVersion = (params: URLSearchParams): boolean => params.get('version') === '1';

/** What is known of a comment's first version: its author and its time. */
const firstVersion = (comment: Comment): Comment => ({
  ...comment,
  version: 1,
  editorId: comment.authorId,
  modifiedAt: comment.createdAt,
});

const locationRoutes = (app: Hono<ApiEnv>, api: Api, location: Location): void => {
  const path = `/wiki/api/v2/${location}-comments`;
  serveRoute(app, 'GET', path, (c) => listAll(api, c, location));
  for (const kind of ['pages', 'blogposts'])
    serveRoute(app, 'GET', `/wiki/api/v2/${kind}/:id{[0-9]+}/${location}-comments`, (c) =>
      listBelow(
        api,
        c,
        location,
        foundContent(api, pathParam(c, 'id'), isDocument, kind.slice(0, -1)).id,
        null,
      ),
    );
  serveRoute(app, 'GET', `${path}/:id{[0-9]+}/children`, (c) => {
    const parent = foundContent(api, pathParam(c, 'id'), guardOf(location), `${location} comment`);
    return listBelow(api, c, location, parent.containerId, parent.id);
  });
  serveRoute(app, 'GET', `${path}/:id{[0-9]+}`, (c) => {
    const comment = foundContent(api, pathParam(c, 'id'), guardOf(location), `${location} comment`);
    const json = contentJson(api, isFirstVersion(paramsOf(c)) ? firstVersion(comment) : comment);
    const body = bodyJson(api, comment, choiceParam(paramsOf(c), 'body-format', SINGLE_FORMATS));
    c.set('points', 1);
    return c.json({ ...json, body, _links: { ...json._links, base: `${api.siteUrl()}/wiki` } });
  });
};

/** Footer and inline comments: site-wide with replies, roots of one page, replies of one comment, one alone. */
export const commentRoutes = (app: Hono<ApiEnv>, api: Api): void => {
  locationRoutes(app, api, 'footer');
  locationRoutes(app, api, 'inline');
};
