import { expect, test } from '@jest/globals';
import { asResolution, commentById, commentOrigin } from '../../../lib/confluence/wire/comment.js';

const ROW = {
  id: '7',
  status: 'CURRENT',
  pageId: '1',
  parentCommentId: '6',
  resolutionStatus: 'resolved',
  properties: { inlineOriginalSelection: 'Install it' },
  version: { number: 3, createdAt: '2026-01-01T00:00:00.000Z', authorId: 'acct-1' },
  body: { storage: { value: '<p>Hi.</p>' } },
};
const COMMENT = {
  id: '7',
  version: 3,
  pageId: '1',
  parentId: '6',
  location: 'inline',
  resolution: 'resolved',
  selection: 'Install it',
  authorId: 'acct-1',
  createdAt: '2026-01-01T00:00:00.000Z',
  body: '<p>Hi.</p>',
};

test.each([
  ['open', 'open'],
  ['reopened', 'reopened'],
  ['resolved', 'resolved'],
  ['dangling', 'dangling'],
  ['Resolved', undefined],
  ['', undefined],
  [undefined, undefined],
])('of %j the resolution is %j', (status, expected) => {
  expect(asResolution(status)).toBe(expected);
});

test('an inline comment has all that v2 tells of it', () => {
  expect(commentById('inline').parse(ROW)).toEqual({ status: 'current', comment: COMMENT });
});

test('a footer comment has no resolution, whatever is said', () => {
  expect(commentById('footer').parse(ROW)).toEqual({
    status: 'current',
    comment: { ...COMMENT, location: 'footer', resolution: undefined },
  });
});

test.each<[object, object]>([
  [{ id: 7 }, { id: '7' }],
  [{ pageId: 1 }, { pageId: '1' }],
  [{ pageId: undefined, blogPostId: 2 }, { pageId: '2' }],
  [{ blogPostId: 2 }, { pageId: '1' }],
  [{ parentCommentId: 6 }, { parentId: '6' }],
  [{ version: { ...ROW.version, number: '3' } }, { version: 3 }],
  [{ body: { storage: { value: '' } } }, { body: '' }],
  ...[undefined, null, 'x', {}].flatMap((odd): [object, object][] => [
    [{ pageId: odd }, { pageId: '' }],
    [{ parentCommentId: odd }, { parentId: undefined }],
    [{ resolutionStatus: odd }, { resolution: undefined }],
    [{ properties: odd }, { selection: undefined }],
    [{ version: odd }, { version: 0, authorId: undefined, createdAt: '' }],
    [{ version: { ...ROW.version, number: odd } }, { version: 0 }],
    [{ version: { ...ROW.version, createdAt: odd } }, { createdAt: '' }],
  ]),
  [{ version: { ...ROW.version, authorId: null } }, { authorId: undefined }],
  [{ properties: { inlineOriginalSelection: 7 } }, { selection: undefined }],
])('with %j a comment has %j', (odd, expected) => {
  expect(commentById('inline').parse({ ...ROW, ...odd })).toEqual({
    status: 'current',
    comment: { ...COMMENT, ...expected },
  });
});

test.each([
  { id: undefined },
  { id: 'x' },
  { body: undefined },
  { body: null },
  { body: {} },
  { body: { storage: null } },
  { body: { storage: { value: null } } },
  { body: { view: { value: '<p>Hi.</p>' } } },
])('with %j it is no comment', (odd) => {
  expect(commentById('inline').safeParse({ ...ROW, ...odd }).success).toBe(false);
});

test.each([
  ['Trashed', 'trashed'],
  [undefined, 'current'],
])('its status %j is %s', (status, expected) => {
  expect(commentById('footer').parse({ ...ROW, status })).toMatchObject({ status: expected });
});

test.each([
  [{ version: ROW.version }, { authorId: 'acct-1', createdAt: '2026-01-01T00:00:00.000Z' }],
  [{ version: { authorId: 7, createdAt: 'then' } }, { authorId: undefined, createdAt: '' }],
  [{ version: null }, { authorId: undefined, createdAt: '' }],
  [{}, { authorId: undefined, createdAt: '' }],
])('the first version %j tells %j', (answer, expected) => {
  expect(commentOrigin.parse(answer)).toEqual(expected);
});
