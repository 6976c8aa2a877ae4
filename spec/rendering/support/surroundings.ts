import type { Surroundings } from '../../../lib/rendering/surroundings.js';
import type { TextJob } from '../../../lib/rendering/render-text.js';
import { fixtureContext } from '../../convert/support/fixture-context.js';

/** The wiki that the pages in `fixtures/pages` belong to. */
export const fixtureSurroundings: Surroundings = {
  targetOf: (reference) => fixtureContext.resolve?.(reference),
  nameOf: (accountId) => fixtureContext.userName?.(accountId),
  childrenOf: (page) => fixtureContext.children?.(page),
  labelled: (condition) => fixtureContext.labelled?.(condition),
  attachments: () => fixtureContext.attachments?.() ?? [],
  sourceOf: (page) => fixtureContext.include?.(page, 'include'),
};

export const jobOf = (body: string, id = '1'): TextJob => ({
  flavor: 'github',
  baseUrl: 'https://example.atlassian.net/wiki',
  spaceKey: 'DOCS',
  author: 'Ann Lee',
  labels: ['b', 'a'],
  page: {
    kind: 'page',
    id,
    title: 'A page',
    status: 'current',
    parentId: undefined,
    authorId: 'ann',
    createdAt: '2024-01-01T00:00:00Z',
    updatedAt: '2024-01-02T00:00:00Z',
    version: 3,
    webui: '/spaces/DOCS/pages/1',
    body,
  },
});
