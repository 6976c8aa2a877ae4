import { expect, test } from '@jest/globals';
import type { z } from 'zod';
import {
  commentWithBody,
  Label,
  searchedAttachment,
  searchedChange,
  searchedComment,
  searchedFolder,
  searchedLabels,
  searchedPage,
  Total,
} from '../../../lib/confluence/wire/search.js';

const AT = '2026-01-01T00:00:00.000Z';
const LATER = '2026-01-02T00:00:00.000Z';
const ANCESTORS = [
  { id: '1', type: 'page', title: 'Home' },
  { id: '2', type: 'folder', title: 'Guides' },
];
const ODD = [undefined, null, 'x', 7];

const FOLDER_ROW = { id: '7', type: 'folder', title: 'Sketches', ancestors: ANCESTORS };
const FOLDER = {
  id: '7',
  type: 'folder',
  title: 'Sketches',
  parentId: '2',
  parentType: 'folder',
  isPlaced: true,
};
const UNPLACED = { parentId: undefined, parentType: undefined, isPlaced: false };

test.each<[object, object]>([
  [{}, {}],
  [{ id: 7 }, {}],
  ...['whiteboard', 'database', 'embed'].map((type): [object, object] => [{ type }, { type }]),
  [{ ancestors: [] }, { ...UNPLACED, isPlaced: true }],
  [{ ancestors: [{ id: 1 }] }, { parentId: '1', parentType: 'page' }],
  [{ ancestors: [{ id: 'x' }] }, UNPLACED],
  ...ODD.map((ancestors): [object, object] => [{ ancestors }, UNPLACED]),
  ...[undefined, null, '', 7].map((title): [object, object] => [{ title }, { title: '', isPlaced: false }]),
])('with %j a folder that search finds has %j', (odd, expected) => {
  expect(searchedFolder.parse({ ...FOLDER_ROW, ...odd })).toEqual({ ...FOLDER, ...expected });
});

const PAGE_ROW = {
  id: '7',
  type: 'page',
  title: 'Setup',
  version: { number: 3, when: LATER },
  ancestors: ANCESTORS,
  history: { createdDate: AT },
};
const PAGE = {
  kind: 'page',
  id: '7',
  title: 'Setup',
  parentId: '2',
  parentType: 'folder',
  version: 3,
  createdAt: AT,
  updatedAt: LATER,
  authorId: undefined,
};

test.each<[object, object]>([
  [{}, {}],
  [{ id: 7 }, {}],
  [{ version: { number: '3', when: LATER } }, {}],
  [{ version: { number: null, when: 7 } }, { version: 0, updatedAt: undefined }],
  [{ history: { createdDate: 7 } }, { createdAt: undefined }],
  ...ODD.flatMap((odd): [object, object][] => [
    [{ version: odd }, { version: 0, updatedAt: undefined }],
    [{ history: odd }, { createdAt: undefined }],
  ]),
  [{ title: null }, { title: '' }],
])('with %j a page that search finds has %j', (odd, expected) => {
  expect(searchedPage.parse({ ...PAGE_ROW, ...odd })).toEqual({
    page: { ...PAGE, ...expected },
    ancestors: ANCESTORS,
  });
});

test('the ancestors of a page that search finds lack what is not told of them', () => {
  expect(searchedPage.parse({ ...PAGE_ROW, ancestors: [{ id: 1 }] })).toMatchObject({
    page: { parentId: '1', parentType: 'page' },
    ancestors: [{ id: '1', type: 'page', title: '' }],
  });
  for (const ancestors of [...ODD, [], [{ id: 'x' }]])
    expect(searchedPage.parse({ ...PAGE_ROW, ancestors })).toEqual({
      page: { ...PAGE, parentId: undefined, parentType: undefined },
      ancestors: [],
    });
});

test('a blog post that search finds stands below no page', () => {
  expect(searchedPage.parse({ ...PAGE_ROW, type: 'blogpost' }).page).toEqual({
    ...PAGE,
    kind: 'blogpost',
    parentId: undefined,
  });
});

const CONTAINER = { id: '9', type: 'page' };
const EXTENSIONS = { mediaType: 'image/png', fileSize: 18, fileId: 'f-1' };
const ATTACHMENT_ROW = {
  id: 'att7',
  title: 'a.png',
  container: CONTAINER,
  version: { number: 2, when: AT },
  extensions: EXTENSIONS,
};
const ATTACHMENT = {
  id: 'att7',
  pageId: '9',
  title: 'a.png',
  version: 2,
  sizeBytes: 18,
  mediaType: 'image/png',
  fileId: 'f-1',
  updatedAt: AT,
};

test.each<[object, object]>([
  [{}, {}],
  [{ id: 7 }, {}],
  [{ title: null }, { title: '' }],
  [{ container: { id: 9, type: 'blogpost' } }, {}],
  [{ container: { id: 9 } }, {}],
  ...['comment', 'space', ''].map((type): [object, object] => [
    { container: { id: 9, type } },
    { pageId: '' },
  ]),
  [{ extensions: { ...EXTENSIONS, fileSize: '18' } }, {}],
  [{ extensions: {} }, { sizeBytes: undefined, mediaType: undefined, fileId: undefined }],
  ...ODD.flatMap((odd): [object, object][] => [
    [{ version: odd }, { version: 0, updatedAt: undefined }],
    [{ version: { number: 2, when: odd } }, { updatedAt: undefined }],
    [{ extensions: odd }, { sizeBytes: undefined, mediaType: undefined, fileId: undefined }],
  ]),
])('with %j an attachment that search finds has %j', (odd, expected) => {
  expect(searchedAttachment.parse({ ...ATTACHMENT_ROW, ...odd })).toEqual({ ...ATTACHMENT, ...expected });
});

const LISTED_COMMENT = { id: '7', pageId: '9', version: 2, resolution: 'resolved', updatedAt: LATER };
const RESOLVED = { resolution: { status: 'resolved' } };
const COMMENT_ROW = {
  id: '7',
  status: 'current',
  container: CONTAINER,
  version: { number: 2, when: LATER, by: { accountId: 'acct-2' } },
  history: { createdDate: AT, createdBy: { accountId: 'acct-1' } },
  ancestors: [{ id: '6', type: 'comment' }],
  extensions: { location: 'inline', inlineProperties: { originalSelection: 'it' }, ...RESOLVED },
  body: { storage: { value: '<p>Hi.</p>' } },
};

test.each<[object, object]>([
  [{}, {}],
  [{ id: 7 }, {}],
  [{ container: { id: 9, type: 'attachment' } }, { pageId: '' }],
  [{ version: null }, { version: 0, updatedAt: undefined }],
  [{ extensions: { location: 'inline', ...RESOLVED } }, {}],
  [{ extensions: { inlineProperties: {}, ...RESOLVED } }, {}],
  [{ extensions: { location: 'footer', ...RESOLVED } }, { resolution: undefined }],
  [{ extensions: { location: 'inline', resolution: { status: 7 } } }, { resolution: undefined }],
  [{ extensions: { location: 'inline', resolution: null } }, { resolution: undefined }],
  ...ODD.map((extensions): [object, object] => [{ extensions }, { resolution: undefined }]),
])('with %j a comment that search finds has %j', (odd, expected) => {
  expect(searchedComment.parse({ ...COMMENT_ROW, ...odd })).toEqual({ ...LISTED_COMMENT, ...expected });
});

const COMMENT = {
  id: '7',
  version: 2,
  pageId: '9',
  parentId: '6',
  location: 'inline',
  resolution: 'resolved',
  selection: 'it',
  authorId: 'acct-1',
  createdAt: AT,
  body: '<p>Hi.</p>',
};
const FOOTER = { location: 'footer', resolution: undefined, selection: undefined };

test.each<[object, object]>([
  [{}, {}],
  [{ status: undefined }, {}],
  [{ status: 'CURRENT' }, {}],
  [{ ancestors: [{ id: 5 }, { id: 6 }] }, {}],
  [{ extensions: { inlineProperties: {}, ...RESOLVED } }, { selection: undefined }],
  [
    { extensions: { location: 'inline', resolution: { status: 'odd' } } },
    { selection: undefined, resolution: undefined },
  ],
  [{ extensions: { location: 'footer', ...RESOLVED } }, FOOTER],
  [{ history: { createdDate: AT } }, { authorId: 'acct-2' }],
  [{ history: { createdDate: AT, createdBy: { accountId: 7 } } }, { authorId: 'acct-2' }],
  [{ history: { createdDate: 'then', createdBy: { accountId: 'acct-1' } } }, { createdAt: LATER }],
  [
    { history: null, version: { number: 2, when: LATER } },
    { authorId: undefined, createdAt: LATER },
  ],
  [{ version: null }, { version: 0 }],
  [
    { version: null, history: null },
    { version: 0, authorId: undefined, createdAt: '' },
  ],
  [{ body: { storage: { value: '' } } }, { body: '' }],
  ...ODD.flatMap((odd): [object, object][] => [
    [{ ancestors: odd }, { parentId: undefined }],
    [{ extensions: odd }, FOOTER],
    [{ history: odd }, { authorId: 'acct-2', createdAt: LATER }],
  ]),
])('with %j a comment with its body has %j', (odd, expected) => {
  expect(commentWithBody.parse({ ...COMMENT_ROW, ...odd })).toEqual({ ...COMMENT, ...expected });
});

test.each([
  { status: 'trashed' },
  { status: 'draft' },
  { status: '' },
  { body: null },
  { body: {} },
  { body: { storage: {} } },
  { body: { storage: { value: 7 } } },
])('with %j it is no comment with its body', (odd) => {
  expect(commentWithBody.safeParse({ ...COMMENT_ROW, ...odd }).success).toBe(false);
});

test('a comment that is not current says so', () => {
  expect(commentWithBody.safeParse({ ...COMMENT_ROW, status: 'trashed' }).error?.issues).toMatchObject([
    { path: ['status'], message: 'not current' },
  ]);
});

const LABELS_ROW = {
  id: 7,
  type: 'page',
  metadata: { labels: { results: [{ name: 'red' }, { name: '' }] } },
};
const labels = (more: object): object => ({
  ...LABELS_ROW,
  metadata: { labels: { ...LABELS_ROW.metadata.labels, ...more } },
});

test.each<[object, object]>([
  [LABELS_ROW, {}],
  [{ ...LABELS_ROW, type: 'blogpost' }, { kind: 'blogpost' }],
  [labels({ results: [] }), { labels: [] }],
  [labels({ _links: { next: '?start=200' } }), { hasMore: true }],
  ...[null, {}, { next: null }].map((_links): [object, object] => [labels({ _links }), {}]),
])('of %j the labels are %j', (row, expected) => {
  expect(searchedLabels.parse(row)).toEqual({
    kind: 'page',
    id: '7',
    labels: ['red', ''],
    hasMore: false,
    ...expected,
  });
});

const NO_ID = [{ id: undefined }, { id: null }, { id: 'x' }];
const NO_PLACE = [
  { container: undefined },
  { container: null },
  { container: {} },
  { container: { id: 'x' } },
];
const NO_LABELS = [undefined, null, {}, { labels: null }, { labels: { results: [{ id: 1 }] } }];

test.each<[string, z.ZodType, object, readonly object[]]>([
  ['folder', searchedFolder, FOLDER_ROW, [...NO_ID, { type: 'page' }, { type: undefined }]],
  ['page', searchedPage, PAGE_ROW, [...NO_ID, { type: 'comment' }, { type: undefined }]],
  ['attachment', searchedAttachment, ATTACHMENT_ROW, [...NO_ID, ...NO_PLACE]],
  ['comment', searchedComment, COMMENT_ROW, [...NO_ID, ...NO_PLACE]],
  ['comment with its body', commentWithBody, COMMENT_ROW, [...NO_ID, ...NO_PLACE]],
  [
    'item with its labels',
    searchedLabels,
    LABELS_ROW,
    [...NO_ID, { type: 'folder' }, ...NO_LABELS.map((metadata) => ({ metadata }))],
  ],
])('a row that lacks what makes it a %s is none', (_name, schema, row, odds) => {
  expect(schema.safeParse(row).success).toBe(true);
  expect(odds.filter((odd) => schema.safeParse({ ...row, ...odd }).success)).toEqual([]);
});

test.each<[string, object, object]>([
  ['blogpost', PAGE_ROW, { page: { ...PAGE, kind: 'blogpost', parentId: undefined } }],
  ['folder', FOLDER_ROW, { folder: FOLDER }],
  ['comment', COMMENT_ROW, { comment: LISTED_COMMENT }],
])('a %s that has changed is told as one', (type, row, expected) => {
  expect(searchedChange.parse({ ...row, type })).toEqual({ id: '7', type, ...expected });
});

test('an attachment that has changed is told as one, with the letters of its id', () => {
  expect(searchedChange.parse({ ...ATTACHMENT_ROW, id: 7, type: 'attachment' })).toEqual({
    id: 'att7',
    type: 'attachment',
    attachment: ATTACHMENT,
  });
});

test.each([
  [{ ...PAGE_ROW, type: 'page' }, ['type'], /Invalid option/],
  [{ ...FOLDER_ROW, id: 'x' }, ['id'], /no id/],
  [{ ...COMMENT_ROW, type: 'comment', container: { id: 'x' } }, ['container', 'id'], /no id/],
])('the change %j cannot be read, and it is said why', (row, path, message) => {
  expect(searchedChange.safeParse(row).error?.issues).toMatchObject([
    { path, message: expect.stringMatching(message) },
  ]);
});

test.each([
  [Label, { name: 'red', id: 1 }, { name: 'red' }],
  [Label, { name: null }, undefined],
  [Total, { totalSize: 7, size: 1 }, { totalSize: 7 }],
  [Total, { totalSize: '7' }, undefined],
  [Total, {}, undefined],
])('%# of labels and totals those that are whole are read', (schema: z.ZodType, row, expected) => {
  expect(schema.safeParse(row).data).toEqual(expected);
});
