import { expect, test } from '@jest/globals';
import { attachmentById, attachmentId, attachmentOf } from '../../../lib/confluence/wire/attachment.js';

const ROW = {
  id: 'att7',
  title: 'a.png',
  status: 'CURRENT',
  version: { number: 2, createdAt: '2026-01-01T01:00:00.000+01:00' },
  fileSize: 18,
  mediaType: 'image/png',
  fileId: 'f-1',
};
const ATTACHMENT = {
  id: 'att7',
  pageId: '1',
  title: 'a.png',
  version: 2,
  sizeBytes: 18,
  mediaType: 'image/png',
  fileId: 'f-1',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

test.each([
  ['att777', 'att777'],
  ['777', 'att777'],
])('%s is the attachment %s', (id, expected) => {
  expect(attachmentId(id)).toBe(expected);
});

test('an attachment of a page has all that v2 tells of it', () => {
  expect(attachmentOf('1').parse(ROW)).toEqual(ATTACHMENT);
});

test.each<[object, object]>([
  [{ id: 7 }, { id: 'att7' }],
  [{ id: '7' }, { id: 'att7' }],
  [{ fileSize: '18' }, { sizeBytes: 18 }],
  [{ version: { number: '2' } }, { version: 2, updatedAt: undefined }],
  ...[undefined, null, {}].flatMap((odd): [object, object][] => [
    [{ title: odd }, { title: '' }],
    [{ status: odd }, {}],
    [{ version: odd }, { version: 0, updatedAt: undefined }],
    [{ version: { number: odd } }, { version: 0, updatedAt: undefined }],
    [{ fileSize: odd }, { sizeBytes: undefined }],
    [{ mediaType: odd }, { mediaType: undefined }],
    [{ fileId: odd }, { fileId: undefined }],
  ]),
])('with %j an attachment has %j', (odd, expected) => {
  expect(attachmentOf('1').parse({ ...ROW, ...odd })).toEqual({ ...ATTACHMENT, ...expected });
});

test.each([undefined, null, '', 'x', {}])('without an id (%j) it is none', (id) => {
  expect(attachmentOf('1').safeParse({ ...ROW, id }).success).toBe(false);
  expect(attachmentById.safeParse({ ...ROW, id }).success).toBe(false);
});

test.each([
  [{ pageId: 1 }, '1'],
  [{ blogPostId: '2' }, '2'],
  [{ pageId: '1', blogPostId: '2' }, '1'],
  [{ pageId: null, blogPostId: '2' }, '2'],
  [{ pageId: 'x' }, ''],
  [{}, ''],
])('an attachment by its id, with %j, hangs on "%s"', (on, pageId) => {
  expect(attachmentById.parse({ ...ROW, status: 'Trashed', ...on })).toEqual({
    status: 'trashed',
    attachment: { ...ATTACHMENT, pageId },
  });
});

test('an attachment by its id whose status is not told is current', () => {
  const { status, ...untold } = ROW;
  expect(status).toBe('CURRENT');
  expect(attachmentById.parse(untold)).toMatchObject({ status: 'current' });
});
