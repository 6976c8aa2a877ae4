import { expect, test } from '@jest/globals';
import { OptionsError } from '../../lib/errors/options-error.js';
import { holdsCredentials, withoutCredentials } from '../../lib/errors/without-credentials.js';

test.each([
  ['https://ada:secret@example.atlassian.net/wiki', 'https://example.atlassian.net/wiki'],
  ['ftp://ada:secret@example.com', 'ftp://example.com'],
  ['ada:secret@example.com', 'example.com'],
  ['https://ada:sec@ret@example.com', 'https://example.com'],
  ['https://secret@example.com', 'https://example.com'],
])('%s is told as %s', (address, told) => {
  expect([holdsCredentials(address), withoutCredentials(address)]).toEqual([true, told]);
  expect(new OptionsError('url', address, 'be an address').message).not.toMatch(/secret|sec@ret/);
});

test.each(['https://example.atlassian.net/wiki/spaces/~ada@example.com', 'DOCS', 'https://a.b?q=c@d'])(
  '%s holds none',
  (address) => {
    expect([holdsCredentials(address), withoutCredentials(address)]).toEqual([false, address]);
  },
);
