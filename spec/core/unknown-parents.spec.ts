import { expect, test } from '@jest/globals';
import { unknownParents } from '../../lib/core/unknown-parents.js';
import { folder } from './support/space.js';

test('parents that no listing told of, once each; pages and unheard kinds cannot be asked for', () => {
  const children = [
    { parentId: '1', parentType: 'folder' },
    { parentId: '2', parentType: 'folder' },
    { parentId: '2', parentType: 'folder' },
    { parentId: '3', parentType: 'whiteboard' },
    { parentId: '4', parentType: 'page' },
    { parentId: '5', parentType: 'hologram' },
    { parentId: undefined, parentType: 'folder' },
  ];
  expect(unknownParents(children, [folder('1', 'known')])).toEqual([
    { id: '2', type: 'folder' },
    { id: '3', type: 'whiteboard' },
  ]);
});
