import type { Content } from '../wiki/model.js';
import { type Api, type ApiContext, paramsOf, sitePath } from './api.js';
import type { ListQuery } from './lists.js';
import type { Order } from './order.js';
import { paginate } from './paging.js';
import { intParam } from './query.js';

/** How a v2 listing is answered. */
export interface ListAnswer<T> {
  readonly items: readonly T[];
  readonly order: Order<T>;
  readonly toJson: (item: T) => object;
  /** Page size when none is asked for. Default 25. */
  readonly fallback?: number;
  /** Points an item costs. Default 1. */
  readonly pointsEach?: number;
}

const queryOf = (path: string, params: URLSearchParams): string => {
  const rest = new URLSearchParams(params);
  for (const free of ['cursor', 'limit', 'body-format']) rest.delete(free);
  rest.sort();
  return `${path}?${rest.toString()}`;
};

/** Answers a v2 listing: one page, `_links.next` and the `Link` header while more follow. */
export const answerList = <T>(api: Api, c: ApiContext, answer: ListAnswer<T>): Response => {
  const params = paramsOf(c);
  const path = sitePath(c.req.path);
  const limit = intParam(params, 'limit', { fallback: answer.fallback ?? 25, min: 1, max: 250 });
  const cursor = params.get('cursor') ?? undefined;
  const page = paginate(answer.items, answer.order, {
    limit: Math.min(limit, c.var.cap ?? Infinity),
    cursor,
    query: queryOf(path, params),
    styles: c.var.paging,
  });
  const results = page.results.map(answer.toJson);
  c.set('points', results.length * (answer.pointsEach ?? 1));
  const base = `${api.siteUrl()}/wiki`;
  if (page.next === undefined) return c.json({ results, _links: { base } });
  params.set('cursor', page.next);
  const next = `${path}?${params.toString()}`;
  c.header('Link', `<${next}>; rel="next", <${base}>; rel="base"`);
  return c.json({ results, _links: { next, base } });
};

/** Answers a v2 listing of content. */
export const answerContents = (
  api: Api,
  c: ApiContext,
  query: ListQuery,
  answer: Omit<ListAnswer<Content>, 'items' | 'order'>,
): Response => answerList(api, c, { ...answer, items: api.lists.query(query), order: query.order });
