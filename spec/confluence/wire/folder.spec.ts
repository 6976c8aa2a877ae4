import { expect, test } from '@jest/globals';
import { folderById } from '../../../lib/confluence/wire/folder.js';

const ROW = { id: '7', title: 'Guides', parentId: '1', parentType: 'page' };

test.each(['folder', 'whiteboard', 'database', 'embed'] as const)('a %s has its place', (type) => {
  expect(folderById(type).parse({ ...ROW, type: 'other', status: 'current' })).toEqual({ ...ROW, type });
});

test.each<[object, object]>([
  [{ id: 7 }, { id: '7' }],
  [{ parentId: 1 }, { parentId: '1' }],
  ...[undefined, null, {}].flatMap((odd): [object, object][] => [
    [{ title: odd }, { title: '' }],
    [{ parentId: odd }, { parentId: undefined }],
    [{ parentType: odd }, { parentType: undefined }],
  ]),
])('with %j it has %j', (odd, expected) => {
  expect(folderById('folder').parse({ ...ROW, ...odd })).toEqual({ ...ROW, type: 'folder', ...expected });
});

test.each([undefined, null, 'x'])('with the id %j it is none', (id) => {
  expect(folderById('folder').safeParse({ ...ROW, id }).success).toBe(false);
});
