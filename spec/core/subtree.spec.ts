import { expect, test } from '@jest/globals';
import { subtreeOf } from '../../lib/core/subtree.js';
import { folder, page } from './support/space.js';

const PAGES = [
  page('1', 'Home'),
  page('2', 'Guides', { parentId: '1' }),
  page('3', 'Setup', { parentId: '50' }),
  page('4', 'Linux', { parentId: '3' }),
  page('5', 'Elsewhere', { parentId: '1' }),
  page('6', 'Orphan', { parentId: '999' }),
];
const FOLDERS = [folder('50', 'Folder', '2'), folder('51', 'Other', '1')];

const below = (root: string | string[], pages = PAGES, folders = FOLDERS) =>
  subtreeOf([root].flat(), pages, folders).map(
    ({ page: { id }, ancestors }) => `${id}: ${ancestors.map((each) => each.id).join(' > ')}`,
  );

test.each<[string, string | string[], string[]]>([
  ['a page with what is below it, through folders', '2', ['2: 1', '3: 1 > 2 > 50', '4: 1 > 2 > 50 > 3']],
  ['a folder, which is no page itself', '50', ['3: 1 > 2 > 50', '4: 1 > 2 > 50 > 3']],
  ['a leaf', '5', ['5: 1']],
  ['some of them, each page once', ['5', '50', '3'], ['3: 1 > 2 > 50', '4: 1 > 2 > 50 > 3', '5: 1']],
  ['a folder without pages', '51', []],
  ['what is not in the tree', '77', []],
])('%s', (_name, root, expected) => {
  expect(below(root)).toEqual(expected);
});

test('what stands above a page is told with its type and title', () => {
  expect(subtreeOf(['4'], PAGES, FOLDERS)[0]?.ancestors).toMatchObject([
    { id: '1', type: 'page', title: 'Home' },
    { id: '2', type: 'page', title: 'Guides' },
    { id: '50', type: 'folder', title: 'Folder' },
    { id: '3', type: 'page', title: 'Setup' },
  ]);
});

test('a parent that nobody knows ends the way up, and so does a circle', () => {
  expect(below('6')).toEqual(['6: ']);
  const circle = [page('1', 'A', { parentId: '2' }), page('2', 'B', { parentId: '1' })];
  expect(below('1', circle, [])).toEqual(['1: 1 > 2', '2: 2 > 1']);
});
