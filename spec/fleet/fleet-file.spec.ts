import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parseFleetFile } from '../../lib/fleet/fleet-file.js';
import { UsageError } from '../../lib/errors/usage-error.js';
import { ROOT } from '../support/e2e.js';

const GOOD = `tenants:
  beta:
    url: https://beta.atlassian.net
    bearer-token: { file: /run/secrets/beta }
    spaces: [DOCS, TEAM]
    cron: '17 * * * *'
    timezone: Europe/Berlin
    worker: disk-1
  acme:
    url: https://acme.atlassian.net
    email: you@example.com
    token: { env: ACME_TOKEN }
    spaces: '*'
    except: [OLD]
    every: 1h
    options:
      comments: true
      max-delete: 20%
`;

test('a fleet file has tenants by name, with the defaults', () => {
  expect(parseFleetFile('fleet.yaml', GOOD)).toEqual([
    {
      tenant: 'acme',
      failover: '75s',
      url: 'https://acme.atlassian.net',
      email: 'you@example.com',
      token: { env: 'ACME_TOKEN' },
      spaces: '*',
      except: ['OLD'],
      every: '1h',
      options: { comments: true, 'max-delete': '20%' },
    },
    {
      tenant: 'beta',
      failover: '75s',
      url: 'https://beta.atlassian.net',
      'bearer-token': { file: '/run/secrets/beta' },
      spaces: ['DOCS', 'TEAM'],
      except: [],
      cron: '17 * * * *',
      timezone: 'Europe/Berlin',
      worker: 'disk-1',
      options: {},
    },
  ]);
});

const messageOf = (text: string): string => {
  try {
    parseFleetFile('fleet.yaml', text);
    return 'nothing';
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return String(error);
  }
};

test.each([
  ["spaces: '*'", 'spaces: *', /line 13: this is no YAML \(bad alias\)/],
  ["spaces: '*'", 'spaces: []', /line 13: tenants\.acme\.spaces must be "\*" or a list of keys/],
  ['every: 1h', 'every: hourly', /line 15: tenants\.acme\.every must be a duration such as/],
  ['every: 1h', '', /line 1\d: tenants\.acme\.every must be given, or cron in its place/],
  ['    timezone: Europe/Berlin\n', '    timezone: 7\n', /line 7: tenants\.beta\.timezone must be the name/],
  ["    cron: '17 * * * *'\n", '    every: 1h\n', /line 7: tenants\.beta\.timezone goes with cron only\./],
  ['email: you@example.com', '', /tenants\.acme\.email must be given beside token/],
  ['comments: true', 'coments: true', /line 17: there is no setting "tenants\.acme\.options\.coments"/],
  ['comments: true', 'comments: maybe', /line 17: tenants\.acme\.options\.comments must be true or false/],
  ['worker: disk-1', 'worker: Disk 1', /line 8: tenants\.beta\.worker must be the name of a worker/],
  ['acme:', 'Acme Inc:', /tenants\.Acme Inc must be a name of small letters/],
  ['https://acme', 'http://acme', /line 10: tenants\.acme\.url must be an address that begins with https:/],
  ['https://acme.atlassian.net', 'acme', /tenants\.acme\.url must be an address/],
  ['[DOCS, TEAM]', '[DOCS, DOCS]', /line 5: tenants\.beta\.spaces must name each space once/],
  ["'17 * * * *'", "'61 3 * * *'", /line 6: tenants\.beta\.cron must be five fields of cron/],
  ['Europe/Berlin', 'Mars/Base', /line 7: tenants\.beta\.timezone must be the name of a time zone/],
  ['{ file: /run/secrets/beta }', '', /tenants\.beta\.(?:token|bearer-token) must/],
  ['tenants:', 'tenant:', /there is no setting "tenant"|tenants must be/],
])('%j in place of %j is told with file, line and setting', (before, after, message) => {
  expect(GOOD).toContain(before);
  expect(messageOf(GOOD.replace(before, after))).toMatch(message);
});

test.each(['https://acme.atlassian.net', 'http://127.0.0.1:8090', 'http://wiki.example'])(
  'tokens go to %s as the options allow',
  (url) => {
    const text = GOOD.replace('https://acme.atlassian.net', url).replace(
      'comments: true',
      'allow-http: true',
    );
    expect(messageOf(text)).toBe('nothing');
    expect(messageOf(text.replace('allow-http: true', 'allow-http: false')) === 'nothing').toBe(
      !url.endsWith('example'),
    );
  },
);

test.each([
  ['tenants:\n  acme:\n', /line 2: tenants\.acme must be the settings of a tenant by their names\./],
  ['- acme\n', /line 1: the file must hold tenants by their names\./],
  [
    GOOD.replace('comments: true', '- comments').replace(/ +max-delete.*\n/, ''),
    /options must be flags of pull/,
  ],
])('%j is told in words of its own', (text, message) => {
  expect(messageOf(text)).toMatch(message);
});

test.each([
  'token: s3cret-value',
  'token: { value: s3cret-value }',
  'token: [s3cret-value',
  'token: "s3cret-value',
])('a secret that stands in the file is refused and not quoted: %s', (line) => {
  const message = messageOf(GOOD.replace('token: { env: ACME_TOKEN }', line));
  expect(message).toMatch(/"fleet\.yaml", line \d+: /);
  expect(message).not.toContain('s3cret');
});

test('an address with credentials in it is refused and not quoted', () => {
  const message = messageOf(GOOD.replace('https://acme', 'https://user:s3cret@acme'));
  expect(message).toMatch(/line 10: tenants\.acme\.url must be an address without credentials in it/);
  expect(message).not.toContain('s3cret');
});

test('a secret in its place is told how to stand elsewhere', () => {
  expect(messageOf(GOOD.replace('{ env: ACME_TOKEN }', 's3cret'))).toMatch(
    /line 12: tenants\.acme\.token must name where the secret is, \{ env: NAME \} or \{ file: PATH \}/,
  );
});

test.each(['', 'tenants: []', '[]', 'text'])('%j is no fleet file', (text) => {
  expect(messageOf(text)).toMatch(/"fleet\.yaml", line 1: /);
});

test('the fleet file of the documentation is one', () => {
  const text = readFileSync(path.join(ROOT, 'docs/fleet.md'), 'utf8');
  const file = /```yaml\n(failover:.*?)```/s.exec(text)?.[1] ?? '';
  expect(parseFleetFile('fleet.yaml', file).map(({ tenant }) => tenant)).toEqual(['acme', 'small']);
});
