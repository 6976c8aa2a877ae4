import type { Hono } from 'hono';

import { type Attachment, type Content, isDocument } from '../wiki/model.js';
import { isVisible } from '../wiki/visibility.js';
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
import { choiceParam, choicesParam } from './query.js';
import { contentJson } from './v2-json.js';
import { answerContents, answerList } from './v2-list.js';

const SORTS = ['created-date', '-created-date', 'modified-date', '-modified-date'];
const STATUSES = ['current', 'archived', 'trashed'];

const isAttachment = (content: Content | undefined): content is Attachment => content?.type === 'attachment';

const filterOf = ({ state }: Api, params: URLSearchParams): ((content: Content) => boolean) => {
  const statuses = choicesParam(params, 'status', STATUSES) ?? ['current', 'archived'];
  const mediaType = params.get('mediaType');
  const filename = params.get('filename');
  return (content) =>
    isAttachment(content) &&
    statuses.includes(content.status) &&
    state.store.get(content.containerId)?.status !== 'trashed' &&
    (mediaType ?? content.mediaType) === content.mediaType &&
    (filename ?? content.title) === content.title &&
    isVisible(state.store, content);
};

const listAll = (api: Api, c: ApiContext): Response => {
  const params = paramsOf(c);
  const sort = choiceParam(params, 'sort', SORTS) ?? 'id';
  const key = JSON.stringify([
    'attachments',
    params.getAll('status'),
    params.get('mediaType'),
    params.get('filename'),
    sort,
  ]);
  const query = {
    key,
    types: ['attachment'],
    where: filterOf(api, params),
    order: contentOrder(sort),
  } as const;
  return answerContents(api, c, query, { toJson: (content) => contentJson(api, content), fallback: 50 });
};

const listOf = (api: Api, c: ApiContext): Response => {
  const params = paramsOf(c);
  const container = foundContent(api, pathParam(c, 'id'), isDocument, 'page');
  const order = contentOrder(choiceParam(params, 'sort', SORTS) ?? 'id');
  const items = sortBy(order, api.state.store.below(container.id).filter(filterOf(api, params)));
  return answerList(api, c, { items, order, toJson: (content) => contentJson(api, content), fallback: 50 });
};

/** Attachments: of the whole site, of one page, one alone. */
export const attachmentRoutes = (app: Hono<ApiEnv>, api: Api): void => {
  serveRoute(app, 'GET', '/wiki/api/v2/attachments', (c) => listAll(api, c));
  serveRoute(app, 'GET', '/wiki/api/v2/pages/:id{[0-9]+}/attachments', (c) => listOf(api, c));
  serveRoute(app, 'GET', '/wiki/api/v2/blogposts/:id{[0-9]+}/attachments', (c) => listOf(api, c));
  serveRoute(app, 'GET', '/wiki/api/v2/attachments/:id{(?:att)?[0-9]+}', (c) => {
    const id = pathParam(c, 'id');
    const json = contentJson(
      api,
      foundContent(api, id.startsWith('att') ? id : `att${id}`, isAttachment, 'attachment'),
    );
    c.set('points', 1);
    return c.json({ ...json, _links: { ...json._links, base: `${api.siteUrl()}/wiki` } });
  });
};
