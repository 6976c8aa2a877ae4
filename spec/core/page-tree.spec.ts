import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type TreeNode, pageTree } from '../../lib/core/page-tree.js';
import { folder, page, post } from './support/space.js';
import { spaces } from './support/space-arbitrary.js';

const outline = (nodes: readonly TreeNode[]): unknown[] =>
  nodes.map(({ id, type, children }) =>
    children.length === 0 ? `${type} ${id}` : [`${type} ${id}`, outline(children)],
  );

const idsOf = (nodes: readonly TreeNode[]): string[] =>
  nodes.flatMap(({ id, children }) => [id, ...idsOf(children)]);

test('pages and folders by parent, siblings by ascending id, without blog posts', () => {
  const pages = [page('10', 'b', { parentId: '3' }), page('9', 'a', { parentId: '3' }), post('5', 'p')];
  expect(outline(pageTree(pages, [folder('3', 'f')]))).toEqual([['folder 3', ['page 9', 'page 10']]]);
});

test('a parent that nobody listed is a node without a title', () => {
  expect(pageTree([page('1', 'a', { parentId: '99' })], [])).toMatchObject([
    { id: '99', type: 'unknown', title: '', children: [{ id: '1' }] },
  ]);
});

test('a cycle is cut at one place, whatever the order of the listing', () => {
  const pages = [
    page('1', 'a', { parentId: '3' }),
    page('2', 'b', { parentId: '1' }),
    page('3', 'c', { parentId: '2' }),
    page('4', 'd', { parentId: '4' }),
  ];
  const expected = [['page 1', [['page 2', ['page 3']]]], 'page 4'];
  expect(outline(pageTree(pages, []))).toEqual(expected);
  expect(outline(pageTree([...pages].reverse(), []))).toEqual(expected);
});

test('each page and folder stands in the tree exactly once', () => {
  fc.assert(
    fc.property(spaces, ({ pages, folders }) => {
      const ids = idsOf(pageTree(pages, folders));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(
        expect.arrayContaining(
          [...pages.filter(({ kind }) => kind === 'page'), ...folders].map(({ id }) => id),
        ),
      );
    }),
  );
});
