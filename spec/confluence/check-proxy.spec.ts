import { expect, test } from '@jest/globals';
import { checkProxy } from '../../lib/confluence/check-proxy.js';

const SITE = 'https://example.atlassian.net';

test.each<Record<string, string>>([
  {},
  { HTTPS_PROXY: '' },
  { HTTPS_PROXY: 'http://user:hush@proxy.example:3128' },
  { https_proxy: 'proxy.example:3128', HTTPS_PROXY: 'not a proxy' },
  { HTTPS_PROXY: 'https://proxy.example' },
  { HTTP_PROXY: 'not a proxy' },
  { ALL_PROXY: 'socks5://127.0.0.1:1080', HTTPS_PROXY: 'http://proxy.example' },
  { HTTPS_PROXY: 'not a proxy', NO_PROXY: '*' },
  { HTTPS_PROXY: 'not a proxy', NO_PROXY: 'localhost, .atlassian.net' },
  { HTTPS_PROXY: 'not a proxy', no_proxy: '*.Atlassian.net:443' },
  { HTTPS_PROXY: 'not a proxy', no_proxy: 'example.atlassian.net' },
])('%j is a proxy, or none is asked', (env) => {
  expect(() => checkProxy(SITE, env)).not.toThrow();
});

test.each<[Record<string, string>, string]>([
  [{ HTTPS_PROXY: 'not a proxy' }, 'HTTPS_PROXY is not the address of a proxy.'],
  [{ https_proxy: 'http://user:hush@' }, 'https_proxy is not the address of a proxy.'],
  [{ HTTPS_PROXY: 'ftp://user:hush@x', NO_PROXY: 'other.net:443 atlassian.net' }, 'HTTPS_PROXY is not'],
  [{ HTTPS_PROXY: 'not a proxy', NO_PROXY: 'example.atlassian.net:8443' }, 'HTTPS_PROXY is not'],
  [
    { HTTPS_PROXY: 'socks5://user:hush@127.0.0.1:1080' },
    'HTTPS_PROXY names the SOCKS proxy 127.0.0.1:1080: SOCKS is not supported.',
  ],
  [{ ALL_PROXY: 'socks5h://proxy.example:1' }, 'ALL_PROXY names the SOCKS proxy proxy.example:1'],
])('%j is refused by name, without its credentials', (env, message) => {
  const check = () => checkProxy(SITE, env);
  expect(check).toThrow(
    expect.objectContaining({
      exitCode: 2,
      message: expect.stringContaining(message),
      hint: expect.stringContaining('http://proxy.example:3128'),
    }),
  );
  expect(check).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hush') }));
});
