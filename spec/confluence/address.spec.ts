import { expect, test } from '@jest/globals';
import { isCloudHost, isLoopbackHost, parseAddress } from '../../lib/confluence/address.js';
import { everythingIn, failureOf } from '../support/wire.js';
import { defer } from 'rxjs';

test.each([
  ['https://example.atlassian.net', 'https://example.atlassian.net/wiki'],
  ['https://example.atlassian.net/', 'https://example.atlassian.net/wiki'],
  ['https://example.atlassian.net/wiki', 'https://example.atlassian.net/wiki'],
  ['https://example.atlassian.net/wiki/spaces/DOCS/overview?x=1#y', 'https://example.atlassian.net/wiki'],
  ['https://EXAMPLE.atlassian.net:443/wiki/', 'https://example.atlassian.net/wiki'],
  ['https://api.atlassian.com/ex/confluence/11-22', 'https://api.atlassian.com/ex/confluence/11-22/wiki'],
  [
    'https://api.atlassian.com/ex/confluence/11-22/wiki/',
    'https://api.atlassian.com/ex/confluence/11-22/wiki',
  ],
  ['http://127.0.0.1:8090', 'http://127.0.0.1:8090/wiki'],
  ['http://localhost:8090/wiki', 'http://localhost:8090/wiki'],
  ['http://[::1]:8090', 'http://[::1]:8090/wiki'],
])('reads %s as %s', (url, apiBase) => {
  expect(parseAddress(url).apiBase).toBe(apiBase);
});

test('tells the only origin that may see the credentials', () => {
  expect(parseAddress('https://api.atlassian.com/ex/confluence/1')).toMatchObject({
    origin: 'https://api.atlassian.com',
    isLoopback: false,
  });
  expect(parseAddress('http://localhost:1')).toMatchObject({
    origin: 'http://localhost:1',
    isLoopback: true,
  });
});

test.each(['', 'example.atlassian.net', 'ftp://example.atlassian.net', '/wiki', 'javascript:alert(1)'])(
  'refuses "%s" as no address',
  (url) => {
    expect(() => parseAddress(url)).toThrow(
      expect.objectContaining({ code: 'options', option: 'url', value: url }),
    );
  },
);

test.each(['http://example.atlassian.net', 'http://127.0.0.1.example.com', 'http://localhost.example.com'])(
  'refuses plain http to %s unless it is allowed',
  (url) => {
    expect(() => parseAddress(url)).toThrow(/must begin with https:/);
    expect(parseAddress(url, { allowHttp: true }).apiBase).toBe(`${url}/wiki`);
  },
);

test('refuses credentials in the address and does not repeat them', async () => {
  const error = await failureOf(
    defer(() => [parseAddress('https://ada:secret-token@example.atlassian.net/wiki')]),
  );
  expect(error).toMatchObject({ code: 'options', exitCode: 2 });
  expect(everythingIn(error)).not.toMatch(/secret-token|ada/);
});

test.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['localhost', true],
  ['[::1]', true],
  ['127.0.0.1.example.com', false],
  ['128.0.0.1', false],
  ['example.com', false],
])('loopback: %s is %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});

test.each([
  ['example.atlassian.net', true],
  ['my-site_2.atlassian.net', true],
  ['a.b.atlassian.net', false],
  ['atlassian.net', false],
  ['example.atlassian.net.evil.example', false],
  ['example-atlassian.net', false],
  ['api.atlassian.com', false],
])('Atlassian serves sites at %s: %s', (host, expected) => {
  expect(isCloudHost(host)).toBe(expected);
});

test.each([
  ['https://api.atlassian.com/ex/confluence/11-22/wiki', true],
  ['https://api.atlassian.com/ex/confluence/', false],
  ['https://example.atlassian.net/wiki/ex/confluence/11', false],
  ['https://example.atlassian.net', false],
])('%s is the gateway: %s', (url, expected) => {
  expect(parseAddress(url).isGateway).toBe(expected);
});

test.each([
  ['127.0.0', false],
  ['127.0.0.1.1', false],
  ['127.0.0.1234', false],
  ['x127.0.0.1', false],
  ['127.100.200.250', true],
  ['localhost.', false],
])('loopback by its numbers: %s is %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});
