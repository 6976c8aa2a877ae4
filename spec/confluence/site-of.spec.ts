import { expect, test } from '@jest/globals';
import { siteOf } from '../../lib/confluence/site-of.js';

const SITE = 'https://example.atlassian.net/wiki';

test.each([SITE, `${SITE}/`, `${SITE}//`, 'HTTPS://Example.Atlassian.NET:443/wiki'])(
  '%s is one site',
  (base) => {
    expect(siteOf(base)).toBe(SITE);
  },
);

test.each([
  ['', ''],
  ['no address', 'no address'],
  ['https://docs.example:8443/', 'https://docs.example:8443'],
  ['https://docs.example/Wiki', 'https://docs.example/Wiki'],
])('%j stays another: %j', (base, site) => {
  expect(siteOf(base)).toBe(site);
});
