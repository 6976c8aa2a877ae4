import { expect, test } from '@jest/globals';
import { BODY_FORMAT, foundPage, pageWithBody } from '../../../lib/confluence/wire/page.js';

const CREATED = '2025-01-02T03:04:05.678Z';
const UPDATED = '2026-02-03T04:05:06.789Z';
const ROW = {
  id: '7',
  title: 'Setup',
  status: 'CURRENT',
  spaceId: '5',
  parentId: '6',
  parentType: 'page',
  authorId: 'acct-1',
  createdAt: CREATED,
  version: { number: 3, createdAt: UPDATED, authorId: 'acct-2' },
  _links: { webui: '/spaces/DOCS/pages/7/Setup' },
};
const PAGE = {
  kind: 'page',
  id: '7',
  title: 'Setup',
  parentId: '6',
  parentType: 'page',
  version: 3,
  createdAt: CREATED,
  updatedAt: UPDATED,
  authorId: 'acct-1',
  webui: '/spaces/DOCS/pages/7/Setup',
};

test.each(['page', 'blogpost'] as const)('a %s has all that v2 tells of it', (kind) => {
  expect(foundPage(kind).parse(ROW)).toEqual({
    id: '7',
    page: { ...PAGE, kind },
    status: 'current',
    spaceId: '5',
  });
});

test.each<[object, object]>([
  [{ parentId: 6 }, { parentId: '6' }],
  [{ version: { ...ROW.version, number: '3' } }, { version: 3 }],
  ...[undefined, null, {}].flatMap((odd): [object, object][] => [
    [{ title: odd }, { title: '' }],
    [{ parentId: odd }, { parentId: undefined }],
    [{ parentType: odd }, { parentType: undefined }],
    [{ authorId: odd }, { authorId: undefined }],
    [{ createdAt: odd }, { createdAt: undefined }],
    [{ version: odd }, { version: 0, updatedAt: undefined }],
    [{ version: { ...ROW.version, number: odd } }, { version: 0 }],
    [{ version: { ...ROW.version, createdAt: odd } }, { updatedAt: undefined }],
  ]),
  ...[
    undefined,
    '',
    7,
    'x',
    '//evil.example/x',
    '/\\evil.example/x',
    'https://evil.example/x',
    'javascript:alert(1)',
  ].map((webui): [object, object] => [{ _links: { webui } }, { webui: undefined }]),
  [{ _links: null }, { webui: undefined }],
])('with %j a page has %j', (odd, expected) => {
  expect(foundPage('page').parse({ ...ROW, ...odd }).page).toEqual({ ...PAGE, ...expected });
});

test.each([
  [
    { status: 'Archived', spaceId: 5 },
    { status: 'archived', spaceId: '5' },
  ],
  [
    { status: undefined, spaceId: null },
    { status: 'current', spaceId: undefined },
  ],
])('with %j it is found as %j', (odd, expected) => {
  expect(foundPage('page').parse({ ...ROW, ...odd })).toMatchObject(expected);
});

test.each([undefined, null, 'x', 0])('with the id %j it is none', (id) => {
  expect(foundPage('page').safeParse({ ...ROW, id }).success).toBe(false);
  expect(pageWithBody('page', 'storage').safeParse({ ...ROW, id }).success).toBe(false);
});

test('the API has names of its own for the formats of a body', () => {
  expect(BODY_FORMAT).toEqual({
    markdown: 'storage',
    storage: 'storage',
    adf: 'atlas_doc_format',
    view: 'view',
  });
});

const BODIES = {
  storage: { value: '<p>storage' },
  atlas_doc_format: { value: '{"type":"doc"}' },
  view: { value: '<p>view' },
};
const WITH_BODY = { ...ROW, body: BODIES, _links: { webui: '/spaces/DOCS/pages/7/Setup' } };
const PAGE_WITH_BODY = {
  kind: 'page',
  id: '7',
  title: 'Setup',
  status: 'current',
  spaceId: '5',
  parentId: '6',
  authorId: 'acct-1',
  createdAt: CREATED,
  updatedAt: UPDATED,
  version: 3,
  webui: '/spaces/DOCS/pages/7/Setup',
  body: '<p>storage',
};

test.each([
  ['markdown', '<p>storage'],
  ['storage', '<p>storage'],
  ['adf', '{"type":"doc"}'],
  ['view', '<p>view'],
] as const)('with its body as %s it has %s', (format, body) => {
  expect(pageWithBody('page', format).parse(WITH_BODY)).toEqual({ ...PAGE_WITH_BODY, body });
});

test.each<[object, object]>([
  [{ body: { storage: { value: '' } } }, { body: '' }],
  [{ body: { view: { value: 'x' } } }, { body: undefined }],
  [{ body: { storage: { value: 7 } } }, { body: undefined }],
  [{ _links: { webui: 7 } }, { webui: '' }],
  ...[undefined, null, {}].flatMap((odd): [object, object][] => [
    [{ title: odd }, { title: '' }],
    [{ status: odd }, { status: 'current' }],
    [{ spaceId: odd }, { spaceId: undefined }],
    [{ parentId: odd }, { parentId: undefined }],
    [{ authorId: odd }, { authorId: undefined }],
    [{ createdAt: odd }, { createdAt: '' }],
    [{ version: odd }, { version: 0, updatedAt: '' }],
    [{ version: { ...ROW.version, createdAt: odd } }, { updatedAt: '' }],
    [{ body: odd }, { body: undefined }],
    [{ _links: odd }, { webui: '' }],
  ]),
])('with %j a page with its body has %j', (odd, expected) => {
  expect(pageWithBody('page', 'storage').parse({ ...WITH_BODY, ...odd })).toEqual({
    ...PAGE_WITH_BODY,
    ...expected,
  });
});

test('a blog post with its body is one', () => {
  expect(pageWithBody('blogpost', 'storage').parse(WITH_BODY)).toMatchObject({ kind: 'blogpost' });
});
