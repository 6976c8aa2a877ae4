import { expect, test } from '@jest/globals';
import { spaceRow } from '../../../lib/confluence/wire/space.js';

const ROW = { id: '5', key: 'DOCS', name: 'Docs', homepageId: '9', status: 'current' };
const SPACE = { id: '5', key: 'DOCS', name: 'Docs', homepageId: '9', isArchived: false };

test.each<[object, object]>([
  [{}, {}],
  [{ id: 5, homepageId: 9 }, {}],
  [{ status: 'archived' }, { isArchived: true }],
  ...[undefined, null, {}].flatMap((odd): [object, object][] => [
    [{ name: odd }, { name: '' }],
    [{ homepageId: odd }, { homepageId: undefined }],
    [{ status: odd }, { isArchived: false }],
  ]),
])('with %j a space has %j', (odd, expected) => {
  expect(spaceRow.parse({ ...ROW, ...odd })).toEqual({ ...SPACE, ...expected });
});

test.each([{ id: undefined }, { id: 'x' }, { key: undefined }, { key: '' }, { key: null }, { key: 7 }])(
  'with %j it is none',
  (odd) => {
    expect(spaceRow.safeParse({ ...ROW, ...odd }).success).toBe(false);
  },
);
