import { expect, test } from '@jest/globals';
import { authorization } from '../../lib/confluence/authorization.js';

test('an API token is sent by Basic authentication, in UTF-8', () => {
  const value = authorization({ email: 'zoë@example.com', apiToken: 't:1' });
  const [scheme, encoded = ''] = value.split(' ');
  expect([scheme, Buffer.from(encoded, 'base64').toString()]).toEqual(['Basic', 'zoë@example.com:t:1']);
});

test('an OAuth token is sent as it is', () => {
  expect(authorization({ bearerToken: 'abc' })).toBe('Bearer abc');
});
