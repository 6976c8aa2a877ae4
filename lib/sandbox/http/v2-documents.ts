import type { Hono } from 'hono';

import { hash32 } from '../data/prng.js';
import { type BlogPost, type Content, type Status, type TreeNode, isTreeNode } from '../wiki/model.js';
import { isVisible } from '../wiki/visibility.js';
import {
  type Api,
  type ApiContext,
  type ApiEnv,
  foundContent,
  foundSpace,
  notFound,
  paramsOf,
  pathParam,
  serveRoute,
} from './api.js';
import { type Order, contentOrder, sortBy } from './order.js';
import { choiceParam, choicesParam, idsParam, intParam } from './query.js';
import { bodyJson, contentJson } from './v2-json.js';
import { answerContents, answerList } from './v2-list.js';

export const LIST_FORMATS = ['storage', 'atlas_doc_format'];
export const SINGLE_FORMATS = [
  ...LIST_FORMATS,
  'view',
  'export_view',
  'anonymous_export_view',
  'styled_view',
  'editor',
];
const SINGLE_STATUSES = ['current', 'archived', 'trashed', 'deleted', 'historical', 'draft'];
const DATE_SORTS = ['id', 'created-date', 'modified-date'];
const bothWays = (sorts: readonly string[]): readonly string[] => sorts.flatMap((sort) => [sort, `-${sort}`]);
const PAGE_SORTS = bothWays([...DATE_SORTS, 'title']);
const POST_SORTS = bothWays(DATE_SORTS);

const isPage = (content: Content | undefined): content is TreeNode => content?.type === 'page';
const isPost = (content: Content | undefined): content is BlogPost => content?.type === 'blogpost';
interface Kind {
  readonly type: 'page' | 'blogpost';
  readonly statuses: readonly string[];
  readonly shown: readonly Status[];
  readonly sorts: readonly string[];
}

const PAGES: Kind = {
  type: 'page',
  statuses: ['current', 'archived', 'deleted', 'trashed'],
  shown: ['current', 'archived'],
  sorts: PAGE_SORTS,
};
const POSTS: Kind = {
  type: 'blogpost',
  statuses: ['current', 'deleted', 'trashed'],
  shown: ['current'],
  sorts: POST_SORTS,
};

interface Scope {
  readonly spaceIds: readonly string[] | undefined;
  readonly ids: readonly string[] | undefined;
}

const list = (api: Api, c: ApiContext, kind: Kind, { spaceIds, ids }: Scope): Response => {
  const params = paramsOf(c);
  const { store } = api.state;
  const statuses = choicesParam(params, 'status', kind.statuses) ?? kind.shown;
  const format = choiceParam(params, 'body-format', LIST_FORMATS);
  const sort = choiceParam(params, 'sort', kind.sorts) ?? 'id';
  const isRoot = choiceParam(params, 'depth', ['all', 'root']) === 'root';
  const title = params.get('title');
  const where = (content: Content): boolean =>
    (spaceIds === undefined || spaceIds.includes(content.spaceId)) &&
    statuses.includes(content.status) &&
    (title === null || content.title === title) &&
    (!isRoot || (isTreeNode(content) && content.parentId === null)) &&
    isVisible(store, content);
  const toJson = (content: Content): object => contentJson(api, content, format);
  const order = contentOrder(sort);
  if (ids !== undefined) {
    const found = [...new Set(ids)].flatMap((id) => store.get(id) ?? []);
    const items = sortBy(
      order,
      found.filter((content) => content.type === kind.type && where(content)),
    );
    return answerList(api, c, { items, order, toJson });
  }
  const key = JSON.stringify([kind.type, spaceIds, statuses, sort, title, isRoot]);
  return answerContents(api, c, { key, types: [kind.type], where, order }, { toJson });
};

const single = (api: Api, c: ApiContext, content: TreeNode | BlogPost, isDraft: boolean): Response => {
  const params = paramsOf(c);
  const format = choiceParam(params, 'body-format', SINGLE_FORMATS);
  const version = intParam(params, 'version', { fallback: content.version, min: 1, max: content.version });
  const isAsked = choicesParam(params, 'status', SINGLE_STATUSES)?.includes(content.status) ?? true;
  if (!isAsked || (content.status === 'draft' && !isDraft)) throw notFound(content.id, content.type);
  c.set('points', 1);
  const json = contentJson(api, content);
  return c.json({
    ...json,
    ...(params.get('include-labels') === 'true' ? { labels: labelsJson(content) } : {}),
    body: bodyJson(api, content, format, version),
    _links: { ...json._links, base: `${api.siteUrl()}/wiki` },
  });
};

const labelsOf = (content: Content) =>
  content.labels.map((name) => ({ id: String(hash32(name)), name, prefix: 'global' }));

const labelsJson = (content: Content) => ({ results: labelsOf(content), meta: { hasMore: false } });

type Label = ReturnType<typeof labelsOf>[number];

const answerLabels = (api: Api, c: ApiContext, content: Content): Response => {
  const order: Order<Label> = { keyOf: ({ name }) => [name], directions: [1] };
  return answerList(api, c, { items: sortBy(order, labelsOf(content)), order, toJson: (label) => label });
};

const kindRoutes = (app: Hono<ApiEnv>, api: Api, kind: Kind, guard: typeof isPage | typeof isPost): void => {
  const path = `/wiki/api/v2/${kind.type}s`;
  const found = (c: ApiContext): TreeNode | BlogPost =>
    foundContent<TreeNode | BlogPost>(api, pathParam(c, 'id'), guard, kind.type);
  serveRoute(app, 'GET', `/wiki/api/v2/spaces/:id{[0-9]+}/${kind.type}s`, (c) =>
    list(api, c, kind, { spaceIds: [foundSpace(api, pathParam(c, 'id')).id], ids: undefined }),
  );
  serveRoute(app, 'GET', path, (c) => {
    const params = paramsOf(c);
    return list(api, c, kind, {
      spaceIds: idsParam(params, 'space-id', 100),
      ids: idsParam(params, 'id', 250),
    });
  });
  serveRoute(app, 'GET', `${path}/:id{[0-9]+}`, (c) => {
    return single(api, c, found(c), paramsOf(c).get('get-draft') === 'true');
  });
  serveRoute(app, 'GET', `${path}/:id{[0-9]+}/labels`, (c) => answerLabels(api, c, found(c)));
};

/** Pages and blog posts. */
export const documentRoutes = (app: Hono<ApiEnv>, api: Api): void => {
  kindRoutes(app, api, PAGES, isPage);
  kindRoutes(app, api, POSTS, isPost);
};
