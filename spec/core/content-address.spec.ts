import { expect, test } from '@jest/globals';
import { parseContentAddress } from '../../lib/core/content-address.js';

const SITE = 'https://wiki.example/wiki';

test('an id is an id', () => {
  expect(parseContentAddress(' 123 ')).toEqual({ id: '123' });
});

test.each([
  ['/spaces/DOCS/pages/123/Setup', 'DOCS'],
  ['/spaces/DOCS/pages/123/2026,+a+review?focusedCommentId=9#x', 'DOCS'],
  ['/spaces/DOCS/pages/123', 'DOCS'],
  ['/spaces/DOCS/pages/edit-v2/123', 'DOCS'],
  ['/spaces/~7120%3Aabc/folder/123?atlOrigin=x', '~7120:abc'],
  ['/spaces/DOCS/whiteboard/123', 'DOCS'],
  ['/spaces/DOCS/database/123', 'DOCS'],
  ['/spaces/DOCS/overview?homepageId=123', 'DOCS'],
  ['/pages/viewpage.action?pageId=123', undefined],
])('%s is the address of 123', (path, spaceKey) => {
  const href = SITE + path;
  expect(parseContentAddress(href)).toEqual({
    id: '123',
    address: { href, host: 'wiki.example', ...(spaceKey !== undefined && { spaceKey }) },
  });
});

test.each([
  '',
  '-1',
  '1.5',
  'Home',
  '1 or id=2',
  'ftp://wiki.example/spaces/DOCS/pages/123',
  'https://',
  `${SITE}/spaces/DOCS`,
  `${SITE}/spaces/DOCS/overview`,
  `${SITE}/display/DOCS/Setup`,
  `${SITE}/x/AbCd`,
  `${SITE}/spaces/DOCS/blog/2026/02/03/123/News`,
  `${SITE}/pages/viewpage.action?pageId=1%20or`,
])('%j names no page', (text) => {
  expect(parseContentAddress(text)).toBeUndefined();
});
