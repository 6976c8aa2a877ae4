import { expect, test } from '@jest/globals';
import { ofOneKind } from '../../../lib/pull/inventory/of-one-kind.js';
import { listedPage } from '../../support/searching.js';

const page = (id: number) => listedPage(id);
const post = (id: number) => listedPage(id, { kind: 'blogpost', parentId: undefined });

const keysOf = (pages: number[], posts: number[], recorded: readonly string[]): string[] =>
  ofOneKind(pages.map(page), posts.map(post), { has: (key) => recorded.includes(key) }).map(
    ({ kind, id }) => `${kind}:${id}`,
  );

test.each<[string, number[], number[], string[], string[]]>([
  ['rows of both stay', [1, 2], [3], [], ['page:1', 'page:2', 'blogpost:3']],
  ['one in both is a page', [1, 2], [2, 3], [], ['page:1', 'page:2', 'blogpost:3']],
  ['one in both is the post that the mirror has', [1, 2], [2], ['blogpost:2'], ['page:1', 'blogpost:2']],
  ['one that the mirror has as both is a page', [2], [2], ['page:2', 'blogpost:2'], ['page:2']],
])('%s', (_, pages, posts, recorded, expected) => {
  expect(keysOf(pages, posts, recorded)).toEqual(expected);
});
