import { expect, test } from '@jest/globals';
import { scopesFor } from '../../lib/confluence/oauth-scopes.js';

test.each([
  ['/api/v2/spaces', 'read:space:confluence'],
  ['/api/v2/spaces/98306/pages', 'read:page:confluence'],
  ['/api/v2/spaces/98306/blogposts', 'read:page:confluence'],
  ['/api/v2/pages', 'read:page:confluence'],
  ['/api/v2/blogposts/7', 'read:page:confluence'],
  ['/api/v2/pages/7/labels', 'read:label:confluence'],
  ['/api/v2/blogposts/7/labels', 'read:label:confluence'],
  ['/api/v2/pages/7/attachments', 'read:attachment:confluence'],
  ['/api/v2/attachments/att7', 'read:attachment:confluence'],
  ['/api/v2/footer-comments/7', 'read:comment:confluence'],
  ['/api/v2/inline-comments/7', 'read:comment:confluence'],
  ['/api/v2/pages/7/direct-children', 'read:hierarchical-content:confluence'],
  ['/api/v2/pages/7/ancestors', 'read:content.metadata:confluence'],
  ['/api/v2/folders/7', 'read:folder:confluence'],
  ['/api/v2/whiteboards/7', 'read:whiteboard:confluence'],
  ['/api/v2/databases/7', 'read:database:confluence'],
  ['/api/v2/embeds/7', 'read:embed:confluence'],
  ['/api/v2/users-bulk', 'read:user:confluence'],
  ['/rest/api/content/search', 'read:content-details:confluence or search:confluence (classic)'],
  [
    '/rest/api/content/1/child/attachment/att7/download',
    'read:attachment:confluence or readonly:content.attachment:confluence (classic)',
  ],
  ['/rest/api/user/current', 'read:content-details:confluence or read:confluence-user (classic)'],
  ['/rest/api/settings', undefined],
])('%s needs %s', (path, scopes) => {
  expect(scopesFor(path)).toBe(scopes);
});
