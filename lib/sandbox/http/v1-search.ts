import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';

import { cqlOrder } from '../cql/cql-order.js';
import { compile, typesOf } from '../cql/evaluate.js';
import { parseCql } from '../cql/parse.js';
import type { Content } from '../wiki/model.js';
import { isLive, isVisible } from '../wiki/visibility.js';
import { type Api, type ApiContext, type ApiEnv, paramsOf, serveRoute } from './api.js';
import { webUiOf } from './links.js';
import { type PagingStyle, paginate } from './paging.js';
import { type Expand, parseExpand, v1Content } from './v1-content.js';

interface Found {
  readonly results: readonly Content[];
  readonly total: number;
  readonly next: string | undefined;
}

interface SearchRequest {
  readonly params: URLSearchParams;
  readonly styles: readonly PagingStyle[] | undefined;
  readonly limit: number;
  readonly expand: Expand;
  /** Statuses that `cqlcontext` asks for; current alone by default. */
  readonly statuses: readonly string[];
  readonly archivedSpaces: boolean;
}

/** How many items one answer carries at most, by what is expanded. */
export const capOf = (expand: Expand): number => {
  if (expand.has('body.export_view') || expand.has('body.styled_view')) return 25;
  if (expand.has('body')) return 50;
  return expand.paths.length > 0 ? 200 : 1000;
};

const isCurrent = (
  { state }: Api,
  { statuses, archivedSpaces }: SearchRequest,
  content: Content,
): boolean => {
  const live = state.store.get(content.id);
  const space = state.store.spaces.get(content.spaceId);
  if (live === undefined || (space?.status !== 'current' && !archivedSpaces)) return false;
  const hasStatus = statuses.includes(content.status) && statuses.includes(live.status);
  return (
    hasStatus && (live.status !== 'current' || isLive(state.store, live)) && isVisible(state.store, live)
  );
};

const search = (api: Api, request: SearchRequest): Found => {
  const { state, options } = api;
  const cql = request.params.get('cql') ?? '';
  const query = parseCql(cql);
  const now = state.clock.now();
  const bodyOf = (content: Content): string => state.bodies.read(content);
  const matches = compile(query.where, { store: state.store, now, timeZone: options.timeZone, bodyOf });
  const order = cqlOrder(query.orderBy);
  const found = api.lists.query({
    key: JSON.stringify([
      'cql',
      cql,
      request.statuses,
      request.archivedSpaces,
      /now\s*\(/i.test(cql) ? now : 0,
    ]),
    types: typesOf(query.where),
    where: (content) => isCurrent(api, request, content) && matches(content),
    order,
    indexed: true,
  });
  const limit = Math.max(1, Math.min(request.limit, capOf(request.expand)));
  const cursor = request.params.get('cursor') ?? undefined;
  const page = paginate(found, order, {
    limit,
    cursor,
    query: `${cql} ${request.statuses.join()}`,
    styles: request.styles,
  });
  const results = page.results.flatMap((content) => state.store.get(content.id) ?? []);
  return { results, next: page.next, total: page.total };
};

const statusesOf = (params: URLSearchParams): readonly string[] => {
  const text = params.get('cqlcontext');
  if (text === null) return ['current'];
  try {
    const context: unknown = JSON.parse(text);
    const value: unknown =
      typeof context === 'object' && context !== null ? Reflect.get(context, 'contentStatuses') : [];
    return Array.isArray(value) ? value.map(String) : ['current'];
  } catch {
    throw new HTTPException(400, { message: 'Could not parse cqlcontext' });
  }
};

const requestOf = (c: ApiContext, expand: Expand): SearchRequest => {
  const params = paramsOf(c);
  if (params.get('cql') === null) throw new HTTPException(400, { message: 'A cql query must be provided' });
  const limit = params.get('limit') ?? '25';
  if (!/^\d+$/.test(limit)) throw new HTTPException(400, { message: `Failed to convert limit: ${limit}` });
  return {
    params,
    expand,
    styles: c.var.paging,
    limit: Number(limit),
    statuses: statusesOf(params),
    archivedSpaces: params.get('includeArchivedSpaces') === 'true',
  };
};

/** The links of a v1 search: `next` without `/wiki`. */
const linksOf = (api: Api, path: string, { params, limit }: SearchRequest, next: string | undefined) => {
  const base = {
    base: `${api.siteUrl()}/wiki`,
    context: '/wiki',
    self: `${api.siteUrl()}/wiki${path}?${params.toString()}`,
  };
  if (next === undefined) return base;
  const query = new URLSearchParams(params);
  query.set('next', 'true');
  query.set('cursor', next);
  query.set('limit', String(limit));
  query.set('start', String(limit));
  return { ...base, next: `${path}?${query.toString()}` };
};

const contentSearch = (api: Api, c: ApiContext): Response => {
  const request = requestOf(c, parseExpand(paramsOf(c).getAll('expand')));
  const found = search(api, request);
  c.set('points', found.results.length);
  return c.json({
    results: found.results.map((content) => v1Content(api, content, request.expand)),
    start: 0,
    limit: request.limit,
    size: found.results.length,
    _links: linksOf(api, '/rest/api/content/search', request, found.next),
  });
};

const resultJson = (api: Api, content: Content, expand: Expand) => {
  const { store } = api.state;
  const space = store.spaces.get(content.spaceId);
  return {
    content: v1Content(api, content, expand),
    title: content.title,
    excerpt: '',
    url: webUiOf(store, content),
    resultGlobalContainer: { title: space?.name ?? '', displayUrl: `/spaces/${space?.key ?? ''}` },
    breadcrumbs: [],
    entityType: 'content',
    iconCssClass: `aui-icon content-type-${content.type}`,
    lastModified: new Date(content.modifiedAt).toISOString(),
    friendlyLastModified: new Date(content.modifiedAt).toISOString().slice(0, 10),
    score: 0,
  };
};

const siteSearch = (api: Api, c: ApiContext): Response => {
  const params = paramsOf(c);
  for (const name of ['limit', 'start']) if (!/^\d*$/.test(params.get(name) ?? '')) return c.body(null, 404);
  const expand = parseExpand(params.getAll('expand')).below('content');
  const request = requestOf(c, expand);
  const found = search(api, request);
  c.set('points', found.results.length);
  return c.json({
    results: found.results.map((content) => resultJson(api, content, expand)),
    start: 0,
    limit: request.limit,
    size: found.results.length,
    totalSize: found.total,
    cqlQuery: params.get('cql'),
    searchDuration: 12,
    _links: linksOf(api, '/rest/api/search', request, found.next),
  });
};

/** CQL search: of content, and the general one, which alone tells the total. */
export const searchRoutes = (app: Hono<ApiEnv>, api: Api): void => {
  serveRoute(app, 'GET', '/wiki/rest/api/content/search', (c) => contentSearch(api, c));
  serveRoute(app, 'GET', '/wiki/rest/api/search', (c) => siteSearch(api, c));
};
