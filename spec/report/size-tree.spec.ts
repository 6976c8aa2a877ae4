import { expect, test } from '@jest/globals';
import type { ListedPage } from '../../lib/core/content.js';
import type { ItemRecord } from '../../lib/core/records.js';
import { createSizeTree, type SizeNode } from '../../lib/report/size-tree.js';

const page = (title: string): ListedPage => ({
  kind: 'page',
  id: '1',
  title,
  parentId: undefined,
  parentType: undefined,
  version: 1,
  createdAt: undefined,
  updatedAt: undefined,
  authorId: undefined,
});

const files = (...all: readonly (readonly [path: string, bytes: number])[]): ItemRecord['files'] =>
  all.map(([path, bytes]) => ({ path, bytes, hash: '' }));

const treeOf = (...records: readonly Parameters<ReturnType<typeof createSizeTree>['add']>[0][]): SizeNode => {
  const tree = createSizeTree();
  records.forEach(tree.add);
  return tree.root();
};

test('a page at the root stands for itself, its attachments and comments, and all below it', () => {
  const root = treeOf(
    { kind: 'page', files: files(['guides.md', 10]), page: page('The guides') },
    { kind: 'comments', files: files(['guides.comments.md', 5]) },
    { kind: 'attachment', files: files(['guides.attachments/a.png', 100]) },
    { kind: 'page', files: files(['guides/setup.md', 20]), page: page('Setup') },
    { kind: 'page', files: files(['guides/setup/deep/er.md', 30]), page: page('Deeper') },
    { kind: 'page', files: files(['faq.xhtml', 7], ['faq.meta.json', 1]), page: page('FAQ') },
  );
  expect(root).toMatchObject({ bytes: 173, files: 7 });
  expect(root.children).toEqual([
    {
      name: 'The guides',
      path: 'guides.md',
      bytes: 165,
      files: 5,
      children: [
        { name: 'its attachments', bytes: 100, files: 1, children: [] },
        { name: 'Setup', path: 'guides/setup.md', bytes: 50, files: 2, children: [] },
        { name: 'the page itself', bytes: 15, files: 2, children: [] },
      ],
    },
    { name: 'FAQ', path: 'faq.xhtml', bytes: 8, files: 2, children: [] },
  ]);
});

test('many small ones are one', () => {
  const root = treeOf(
    ...Array.from({ length: 100 }, (_page, i): { kind: 'page'; files: ItemRecord['files'] } => ({
      kind: 'page',
      files: files([`p${i}.md`, i + 1]),
    })),
  );
  expect(root.children).toHaveLength(37);
  expect(root.children.at(-1)).toMatchObject({ name: '64 smaller ones', isRest: true, files: 64 });
  expect(root.children.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(root.bytes);
});

test('there may be nothing', () => {
  expect(treeOf()).toEqual({ name: 'all', bytes: 0, files: 0, children: [] });
});
