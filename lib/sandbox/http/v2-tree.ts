import type { Hono } from 'hono';

import {
  type Content,
  type TreeNode,
  type TreeType,
  TREE_TYPES,
  idNumber,
  isTreeNode,
} from '../wiki/model.js';
import { ancestorsOf, isVisible } from '../wiki/visibility.js';
import {
  type Api,
  type ApiContext,
  type ApiEnv,
  foundContent,
  paramsOf,
  pathParam,
  serveRoute,
} from './api.js';
import { type Order, sortBy } from './order.js';
import { intParam } from './query.js';
import { contentJson } from './v2-json.js';
import { answerList } from './v2-list.js';

interface Descendant {
  readonly node: TreeNode;
  readonly depth: number;
}

const BY_DEPTH: Order<Descendant> = {
  keyOf: ({ node, depth }) => [depth, idNumber(node.id)],
  directions: [1, 1],
};
const BY_POSITION: Order<TreeNode> = {
  keyOf: (node) => [node.position, idNumber(node.id)],
  directions: [1, 1],
};

const childrenOf = ({ state }: Api, id: string): readonly TreeNode[] =>
  state.store
    .below(id)
    .filter(isTreeNode)
    .filter(
      (node) => (node.status === 'current' || node.status === 'archived') && isVisible(state.store, node),
    );

const descendantsOf = (api: Api, id: string, deepest: number): readonly Descendant[] => {
  const found: Descendant[] = [];
  let level: readonly TreeNode[] = childrenOf(api, id);
  for (let depth = 1; depth <= deepest && level.length > 0; depth += 1) {
    for (const node of level) found.push({ node, depth });
    level = level.flatMap((node) => childrenOf(api, node.id));
  }
  return found;
};

const descendantJson = ({ node, depth }: Descendant) => ({
  id: node.id,
  status: node.status,
  title: node.title,
  type: node.type,
  parentId: node.parentId,
  depth,
  childPosition: node.position,
});

const childJson = (node: TreeNode) => ({
  id: node.id,
  status: node.status,
  title: node.title,
  type: node.type,
  spaceId: node.spaceId,
  childPosition: node.position,
});

const answerAncestors = (api: Api, c: ApiContext, node: TreeNode): Response => {
  const limit = intParam(paramsOf(c), 'limit', { fallback: 25, min: 1, max: 250 });
  const results = ancestorsOf(api.state.store, node).map(({ id, type }) => ({ id, type }));
  c.set('points', results.length);
  return c.json({ results: results.slice(-limit), _links: { base: `${api.siteUrl()}/wiki` } });
};

const treeRoutes = (app: Hono<ApiEnv>, api: Api, type: TreeType): void => {
  const path = `/wiki/api/v2/${type}s/:id{[0-9]+}`;
  const isNode = (content: Content | undefined): content is TreeNode => content?.type === type;
  const stands = (content: Content | undefined): content is TreeNode =>
    isNode(content) && (content.status === 'current' || content.status === 'archived');
  const found = (c: ApiContext): TreeNode => foundContent(api, pathParam(c, 'id'), stands, type);
  serveRoute(app, 'GET', `${path}/descendants`, (c) => {
    const depth = intParam(paramsOf(c), 'depth', { fallback: 2, min: 1, max: 10 });
    const items = sortBy(BY_DEPTH, descendantsOf(api, found(c).id, depth));
    return answerList(api, c, { items, order: BY_DEPTH, toJson: descendantJson });
  });
  serveRoute(app, 'GET', `${path}/direct-children`, (c) => {
    const items = sortBy(BY_POSITION, childrenOf(api, found(c).id));
    return answerList(api, c, { items, order: BY_POSITION, toJson: childJson });
  });
  serveRoute(app, 'GET', `${path}/ancestors`, (c) => answerAncestors(api, c, found(c)));
  if (type === 'page') return;
  serveRoute(app, 'GET', path, (c) => {
    const json = contentJson(api, foundContent(api, pathParam(c, 'id'), isNode, type));
    c.set('points', 1);
    return c.json({ ...json, _links: { ...json._links, base: `${api.siteUrl()}/wiki` } });
  });
};

/** Folders, whiteboards, databases, embeds, and the tree around every node. */
export const treeTypeRoutes = (app: Hono<ApiEnv>, api: Api): void => {
  for (const type of TREE_TYPES) treeRoutes(app, api, type);
};
