import { describe, expect, test } from '@jest/globals';
import type { Reference } from '../../lib/convert/index.js';
import { placeAttachments } from '../../lib/core/attachment-paths.js';
import type { Inventory } from '../../lib/core/content.js';
import { createLinkIndex } from '../../lib/core/link-index.js';
import { bodyPath, pagePaths } from '../../lib/core/page-paths.js';
import { encodeDependency, pagesLackingFiles } from '../../lib/core/link-state.js';
import { attachment, attachmentsFrom, inventory, page, post, SPACE } from './support/space.js';

const indexOf = (space: Inventory, { leavesFilesOut = false } = {}) => {
  const paths = pagePaths(space);
  return createLinkIndex({
    inventory: space,
    paths,
    attachmentsOn: (pageId) => placeAttachments(space.attachments.of(pageId), paths.pages.get(pageId) ?? ''),
    leavesFilesOut,
    bodyPath: (base) => bodyPath(base, 'markdown'),
  });
};

const space = inventory({
  homepageId: '1',
  pages: [
    page('1', 'Home'),
    page('2', 'Guide', { parentId: '1' }),
    page('3', 'Set up', { parentId: '2' }),
    page('4', 'Caf\u00e9', { parentId: '2' }),
    post('5', 'News', { createdAt: '2026-02-03T23:30:00.000Z' }),
    post('6', 'Weekly', { createdAt: '2026-01-01T10:00:00.000Z' }),
    post('7', 'Weekly', { createdAt: '2026-01-08T10:00:00.000Z' }),
  ],
  attachments: [
    attachment('att10', '3', 'plan (1).png', { fileId: 'uuid-10' }),
    attachment('att11', '2', 'a.pdf'),
    attachment('att12', '3', 'Cafe\u0301.txt'),
  ],
});
const links = indexOf(space);
const hrefFrom = (pageId: string, reference: Reference) => links.resolve(reference, pageId)?.href;

describe('pages', () => {
  test.each<[string, string, Reference, string | undefined]>([
    ['by title', '1', { kind: 'page', title: 'Set up' }, 'guide/set-up.md'],
    ['to the homepage', '3', { kind: 'page', title: 'Home' }, '../index.md'],
    ['to the parent', '3', { kind: 'page-id', id: '2' }, '../guide.md'],
    ['to itself', '3', { kind: 'page-id', id: '3' }, 'set-up.md'],
    ['by title in another case', '1', { kind: 'page', title: 'set UP ' }, 'guide/set-up.md'],
    ['by title in another normal form', '2', { kind: 'page', title: 'Cafe\u0301' }, 'guide/caf%C3%A9.md'],
    ['with the key of this space', '1', { kind: 'page', title: 'Guide', spaceKey: 'DOC' }, 'guide.md'],
    ['in another space', '1', { kind: 'page', title: 'Guide', spaceKey: 'OPS' }, undefined],
    ['unknown', '1', { kind: 'page', title: 'Nowhere' }, undefined],
    ['a blog post is no page', '1', { kind: 'page', title: 'News' }, undefined],
    ['an unknown id', '1', { kind: 'page-id', id: '99' }, undefined],
    ['what is no page', '1', { kind: 'user', accountId: 'u' }, undefined],
    ['the space: to its homepage', '3', { kind: 'space', key: 'DOC' }, '../index.md'],
    ['another space', '1', { kind: 'space', key: 'OPS' }, undefined],
  ])('%s', (_, from, reference, href) => {
    expect(hrefFrom(from, reference)).toBe(href);
  });

  test('the target tells its own title', () => {
    expect(links.resolve({ kind: 'page', title: 'guide' }, '1')?.title).toBe('Guide');
  });
});

describe('blog posts', () => {
  test.each([
    ['of the day', 'Weekly', '2026/01/08', 'blog/2026/2026-01-08-weekly.md'],
    ['of a day with no such post', 'Weekly', '2026/05/05', undefined],
    ['without a day', 'Weekly', undefined, 'blog/2026/2026-01-01-weekly.md'],
    [
      "the only one, on the day of its author's time zone",
      'News',
      '2026/02/04',
      'blog/2026/2026-02-03-news.md',
    ],
  ])('%s', (_, title, postingDay, href) => {
    expect(hrefFrom('1', { kind: 'blogpost', title, ...(postingDay && { postingDay }) })).toBe(href);
  });
});

describe('attachments', () => {
  test.each<[string, string, Reference, string | undefined]>([
    [
      'of the page',
      '3',
      { kind: 'attachment', filename: 'plan (1).png' },
      'set-up.attachments/plan%20%281%29.png',
    ],
    [
      'in another normal form',
      '3',
      { kind: 'attachment', filename: 'Caf\u00e9.txt' },
      'set-up.attachments/Caf%C3%A9.txt',
    ],
    ['of another page', '2', { kind: 'attachment', filename: 'plan (1).png' }, undefined],
    [
      'of a named page',
      '1',
      { kind: 'attachment', filename: 'a.pdf', page: { kind: 'page', title: 'Guide' } },
      'guide.attachments/a.pdf',
    ],
    [
      'by media file',
      '1',
      { kind: 'attachment-file', fileId: 'uuid-10' },
      'guide/set-up.attachments/plan%20%281%29.png',
    ],
    ['unknown', '3', { kind: 'attachment', filename: 'none.png' }, undefined],
  ])('%s', (_, from, reference, href) => {
    expect(hrefFrom(from, reference)).toBe(href);
  });

  test('all of a page, by id', () => {
    expect(links.attachmentsOf('3').map(({ name }) => name)).toEqual(['plan (1).png', 'Cafe\u0301.txt']);
    expect(links.attachmentIdsOf('3')).toEqual(['att10', 'att12']);
    expect(links.attachmentsOf('1')).toEqual([]);
  });
});

describe('children', () => {
  const expected = [
    { title: 'Set up', href: 'guide/set-up.md', children: [] },
    { title: 'Café', href: 'guide/caf%C3%A9.md', children: [] },
  ];

  test('of the page itself, as a tree with links from it', () => {
    expect(links.childrenOf('1')).toEqual([{ title: 'Guide', href: 'guide.md', children: expected }]);
  });

  test('of a named page, with links from the one that shows them', () => {
    expect(links.childrenOf('1', { kind: 'page', title: 'Guide' })).toEqual(expected);
    expect(links.childrenOf('1', { kind: 'page', title: 'Nowhere' })).toBeUndefined();
  });

  test('in the same order however they are listed', () => {
    const turned = indexOf({ ...space, pages: [...space.pages].reverse() });
    expect(turned.childrenOf('1')).toEqual(links.childrenOf('1'));
  });

  test('a circle of parents ends', () => {
    const circle = inventory({
      pages: [page('1', 'A', { parentId: '2' }), page('2', 'B', { parentId: '1' })],
    });
    expect(JSON.stringify(indexOf(circle).childrenOf('1')).length).toBeLessThan(10_000);
  });
});

describe('attachments that a filter leaves out', () => {
  const all = [
    attachment('att10', '2', 'left out (1).png', { fileId: 'uuid-10' }),
    attachment('att11', '2', 'here.pdf'),
  ];
  const listed = { pages: [page('2', 'Guide'), page('3', 'Other')] };
  const attachments = attachmentsFrom(all, ({ id }) => id !== 'att10');
  const filtered = indexOf({ ...inventory(listed), attachments }, { leavesFilesOut: true });
  const unlisted = indexOf(inventory({ ...listed, attachments: all.slice(1) }), { leavesFilesOut: true });
  const filename = 'left out (1).png';
  const address = `${SPACE.baseUrl}/download/attachments/2/left%20out%20(1).png`;

  test.each<[string, Reference, string, string | undefined]>([
    ['on the page', { kind: 'attachment', filename }, '2', address],
    [
      'of another page',
      { kind: 'attachment', filename, page: { kind: 'page', title: 'Guide' } },
      '3',
      address,
    ],
    [
      'of a page elsewhere',
      { kind: 'attachment', filename, page: { kind: 'page', title: 'No' } },
      '3',
      undefined,
    ],
    ['by the media id', { kind: 'attachment-file', fileId: 'uuid-10' }, '3', undefined],
    ['that is not left out', { kind: 'attachment', filename: 'here.pdf' }, '2', 'guide.attachments/here.pdf'],
  ])('%s: a link to one leads to the wiki, listed or not', (_how, reference, from, href) => {
    expect(filtered.resolve(reference, from)?.href).toBe(href);
    expect(unlisted.resolve(reference, from)?.href).toBe(href);
    expect(filtered.targetIdOf(reference, from)).toBe(unlisted.targetIdOf(reference, from));
  });

  test('they are no files of the mirror', () => {
    expect(filtered.attachmentsOf('2')).toEqual([{ name: 'here.pdf', href: 'guide.attachments/here.pdf' }]);
    expect(filtered.attachmentIdsOf('2')).toEqual(['att11']);
  });

  test('a page that refers to them lacks nothing', () => {
    const lacking = (name: string) =>
      pagesLackingFiles([encodeDependency({ kind: 'attachment', filename: name })], '2', filtered);
    expect([lacking(filename), lacking('unknown.png')]).toEqual([[], ['2']]);
  });
});
