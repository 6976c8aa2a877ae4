import { expect, test } from '@jest/globals';
import type { ItemRecord } from '../../../lib/core/records.js';
import { sweptEvent } from '../../../lib/pull/lanes/swept-event.js';

const item = (kind: ItemRecord['kind'], ...paths: readonly string[]): ItemRecord => ({
  kind,
  id: '7',
  version: 1,
  fingerprint: 'f',
  files: paths.map((path) => ({ path, bytes: 3, hash: 'h' })),
});
const ATTACHMENT = {
  id: '7',
  pageId: '5',
  title: 'a.png',
  version: 1,
  sizeBytes: 3,
  mediaType: 'image/png',
  fileId: undefined,
};

test.each([
  ['page', 'page'],
  ['blogpost', 'page'],
] as const)('of a %s: it has moved to where its file is, or it has left', (kind, name) => {
  const now = item(kind, 'b.xhtml', 'b.meta.json');
  expect(sweptEvent('a.md', now)).toEqual({
    type: `${name}.moved`,
    id: '7',
    from: 'a.md',
    to: 'b.xhtml',
    bytes: 3,
  });
  expect(sweptEvent('a.meta.json', now)).toEqual({
    type: 'meta.moved',
    id: '7',
    from: 'a.meta.json',
    to: 'b.meta.json',
    bytes: 3,
  });
  expect(sweptEvent('a.xhtml', item(kind))).toEqual({ type: `${name}.deleted`, id: '7', path: 'a.xhtml' });
  expect(sweptEvent('a.meta.json', item(kind, 'a.md'))).toEqual({
    type: 'meta.deleted',
    id: '7',
    path: 'a.meta.json',
  });
});

test('of an attachment, with its page where that is known', () => {
  const now = { ...item('attachment', 'b.png'), attachment: ATTACHMENT };
  expect(sweptEvent('a.png', now)).toEqual({
    type: 'attachment.moved',
    pageId: '5',
    id: '7',
    from: 'a.png',
    to: 'b.png',
    bytes: 3,
  });
  expect(sweptEvent('a.png', item('attachment'))).toEqual({
    type: 'attachment.deleted',
    pageId: '',
    id: '7',
    path: 'a.png',
  });
});

test('of comments', () => {
  expect(sweptEvent('a.comments.md', item('comments', 'b.comments.md'))).toMatchObject({
    type: 'comments.moved',
    pageId: '7',
    to: 'b.comments.md',
  });
  expect(sweptEvent('a.comments.md', item('comments'))).toEqual({
    type: 'comments.deleted',
    pageId: '7',
    path: 'a.comments.md',
  });
});

test('of the directory of a folder', () => {
  expect(sweptEvent('a', { ...item('folder'), directory: 'b' })).toEqual({
    type: 'folder.moved',
    id: '7',
    from: 'a',
    to: 'b',
  });
  expect(sweptEvent('a', item('folder'))).toEqual({ type: 'folder.deleted', id: '7', path: 'a' });
});
