import type { Handler, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';

import { type Comment, type Content, type ContentType, type Space, isDocument } from '../wiki/model.js';
import { isLive, isVisible, spacesSeen } from '../wiki/visibility.js';
import {
  type Api,
  type ApiContext,
  type ApiEnv,
  foundContent,
  isGateway,
  paramsOf,
  pathParam,
  serveRoute,
  sitePath,
} from './api.js';
import { isAccepted, unauthorized } from './auth.js';
import { contentOrder, sortBy } from './order.js';
import { type Expand, parseExpand, v1Content, v1Labels, v1Space } from './v1-content.js';

const GONE = 'GoneException: This deprecated endpoint has been removed.';

/** Serves a deprecated route: with a warning on the site host, 410 by the gateway; without `/wiki` on a Data Center. */
const serveLegacy = (
  app: Hono<ApiEnv>,
  { wild }: Api,
  path: string,
  handler: (c: ApiContext) => Response,
): void => {
  const guarded: Handler<ApiEnv> = (c) => {
    if (isGateway(c)) throw new HTTPException(410, { message: GONE });
    c.header('Deprecation', 'true');
    c.header('Warning', '299 - "This API is deprecated."');
    return handler(c);
  };
  serveRoute(app, 'GET', path, guarded);
  app.get(path.replace(/^\/wiki/, ''), (c, next) => {
    if (wild.valueOf('data-center') === undefined) return next();
    return Promise.resolve(isAccepted(c) ? handler(c) : unauthorized(c));
  });
};

const expandOf = (c: ApiContext): Expand => parseExpand(paramsOf(c).getAll('expand'));

const countParam = (c: ApiContext, name: string, fallback: number): number => {
  const text = paramsOf(c).get(name) ?? String(fallback);
  if (/^\d+$/.test(text)) return Number(text);
  throw new HTTPException(400, {
    message: `org.springframework: MethodArgumentTypeMismatchException: ${name}=${text}`,
  });
};

/** Answers a list by `start` and `limit`; `next` without `/wiki`. */
const answerOffsets = (api: Api, c: ApiContext, items: readonly object[]): Response => {
  const start = countParam(c, 'start', 0);
  const limit = Math.min(200, countParam(c, 'limit', 25));
  const results = items.slice(start, start + limit);
  c.set('points', results.length);
  const params = paramsOf(c);
  params.set('start', String(start + limit));
  const path = sitePath(c.req.path).replace(/^\/wiki/, '');
  const next = start + limit < items.length ? { next: `${path}?${params.toString()}` } : {};
  const base = { base: `${api.siteUrl()}/wiki`, context: '/wiki', self: `${api.siteUrl()}/wiki${path}` };
  return c.json({ results, start, limit, size: results.length, _links: { ...base, ...next } });
};

const answerContents = (api: Api, c: ApiContext, contents: readonly Content[]): Response => {
  const { store } = api.state;
  const shown = contents.filter((content) => isLive(store, content) && isVisible(store, content));
  const expand = expandOf(c);
  return answerOffsets(
    api,
    c,
    sortBy(contentOrder('id'), shown).map((content) => v1Content(api, content, expand)),
  );
};

const isKey = (space: Space | undefined, key: string): boolean =>
  space?.key.toLowerCase() === key.toLowerCase();

const listContent = (api: Api, c: ApiContext): Response => {
  const params = paramsOf(c);
  const type: ContentType = params.get('type') === 'blogpost' ? 'blogpost' : 'page';
  const [key, title] = [params.get('spaceKey'), params.get('title')];
  const { store } = api.state;
  const isWanted = (content: Content): boolean =>
    (key === null || isKey(store.spaces.get(content.spaceId), key)) &&
    (title === null || content.title === title);
  return answerContents(api, c, Array.from(store.ofType(type)).filter(isWanted));
};

const isAny = (content: Content | undefined): content is Content =>
  content !== undefined && content.status !== 'draft';
const isComment = (content: Content | undefined): content is Comment => content?.type === 'comment';

const childrenOf = (api: Api, c: ApiContext, type: string): readonly Content[] => {
  const below = api.state.store.below(foundContent(api, pathParam(c, 'id'), isAny).id);
  const isDeep = paramsOf(c).get('depth') === 'all';
  const locations = paramsOf(c).getAll('location');
  if (type !== 'comment') return below.filter((content) => content.type === type);
  return below
    .filter(isComment)
    .filter((comment) => isDeep || comment.parentCommentId === null)
    .filter((comment) => locations.length === 0 || locations.includes(comment.location));
};

const foundByKey = (api: Api, key: string): Space => {
  for (const space of spacesSeen(api.state.store)) if (isKey(space, key)) return space;
  throw new HTTPException(404, { message: `No space with key : ${key}` });
};

const isLabelled = (content: Content | undefined): content is Content =>
  isDocument(content) || content?.type === 'attachment';

/** The reads of v1 that v2 replaced, and labels, which stay. */
export const legacyRoutes = (app: Hono<ApiEnv>, api: Api): void => {
  serveRoute(app, 'GET', '/wiki/rest/api/content/:id{(?:att)?[0-9]+}/label', (c) => {
    const labels = v1Labels(foundContent(api, pathParam(c, 'id'), isLabelled));
    c.set('points', labels.size);
    return c.json(labels);
  });
  serveLegacy(app, api, '/wiki/rest/api/content', (c) => listContent(api, c));
  serveLegacy(app, api, '/wiki/rest/api/content/:id{(?:att)?[0-9]+}', (c) => {
    const content = foundContent(api, pathParam(c, 'id'), isAny);
    if (!isLive(api.state.store, content))
      throw new HTTPException(404, { message: `No content found with id ${content.id}` });
    c.set('points', 1);
    return c.json(v1Content(api, content, expandOf(c)));
  });
  for (const type of ['page', 'attachment', 'comment'])
    serveLegacy(app, api, `/wiki/rest/api/content/:id{[0-9]+}/child/${type}`, (c) =>
      answerContents(api, c, childrenOf(api, c, type)),
    );
  serveLegacy(app, api, '/wiki/rest/api/space', (c) => {
    const keys = paramsOf(c).getAll('spaceKey');
    const spaces = spacesSeen(api.state.store).filter(
      (space) => keys.length === 0 || keys.some((key) => isKey(space, key)),
    );
    return answerOffsets(
      api,
      c,
      spaces.map((space) => v1Space(api, space)),
    );
  });
  serveLegacy(app, api, '/wiki/rest/api/space/:key', (c) => {
    c.set('points', 1);
    return c.json(v1Space(api, foundByKey(api, pathParam(c, 'key'))));
  });
};
