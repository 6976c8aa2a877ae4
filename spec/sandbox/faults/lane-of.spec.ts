import { expect, test } from '@jest/globals';

import { laneOf, lanesOf } from '../../../lib/sandbox/faults/lane-of.js';

test.each([
  ['/wiki/api/v2/spaces?keys=A', 'space'],
  ['/wiki/api/v2/spaces/98306', 'space'],
  ['/wiki/api/v2/spaces/98306/pages?limit=250', 'listing'],
  ['/wiki/api/v2/spaces/98306/pages?body-format=storage', 'bodies'],
  ['/wiki/api/v2/pages?id=1,2', 'bodies'],
  ['/wiki/api/v2/pages/12', 'bodies'],
  ['/wiki/api/v2/folders/12', 'folders'],
  ['/wiki/api/v2/pages/12/descendants', 'folders'],
  ['/wiki/api/v2/attachments', 'attachments'],
  ['/wiki/api/v2/pages/12/attachments', 'attachments'],
  ['/wiki/rest/api/content/12/child/attachment/att3/download', 'downloads'],
  ['/wiki/api/v2/footer-comments/12', 'comments'],
  ['/wiki/api/v2/users-bulk', 'users'],
  ['/wiki/rest/api/user/current', 'identity'],
  ['/wiki/rest/api/user/bulk', 'users'],
  ['/wiki/api/v2/spaces/98306/blogposts?body-format=storage', 'blogposts'],
  ['/wiki/api/v2/blogposts', 'blogposts'],
  ['/wiki/api/v2/blogposts?id=1', 'bodies'],
  ['/wiki/api/v2/blogposts/1', 'bodies'],
  ['/wiki/api/v2/pages/12/labels', 'labels'],
  ['/wiki/rest/api/content/12/label', 'labels'],
  ['/wiki/rest/api/content/search?cql=type=page&expand=version,metadata.labels', 'labels'],
  ['/wiki/rest/api/content/search?cql=space="A" and type = page', 'listing'],
  ['/wiki/rest/api/content/search?cql=space="A" and type=folder', 'folders'],
  ['/wiki/rest/api/content/search?cql=type in (whiteboard, database)', 'folders'],
  ['/wiki/rest/api/content/search?cql=type=attachment', 'attachments'],
  ['/wiki/rest/api/search?cql=type=comment', 'comments'],
])('%s is in the lane %s', (path, lane) => {
  const url = new URL(path, 'http://localhost');
  expect(laneOf(url.pathname, url.searchParams)).toBe(lane);
});

test.each([
  ['/wiki/rest/api/content/search?cql=type=comment', ['comments', 'search']],
  ['/wiki/api/v2/pages', ['listing']],
])('%s belongs to the lanes %j', (path, lanes) => {
  const url = new URL(path, 'http://localhost');
  expect(lanesOf(url.pathname, url.searchParams)).toEqual(lanes);
});
