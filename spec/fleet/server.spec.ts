import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { securityOf, serverOf } from '../../lib/fleet/server.js';
import { withFolder } from '../support/e2e.js';

test('a server is where flags say, then variables, then this machine', () => {
  const env = { TEMPORAL_ADDRESS: 'a:1', TEMPORAL_NAMESPACE: 'n' };
  expect(serverOf({}, {})).toEqual({ address: '127.0.0.1:7233', namespace: 'default' });
  expect(serverOf({}, env)).toEqual({ address: 'a:1', namespace: 'n' });
  expect(serverOf({ address: 'b:2', namespace: 'm' }, env)).toEqual({ address: 'b:2', namespace: 'm' });
});

test('a server is open, or wants a key or a certificate', async () => {
  expect(await securityOf({})).toEqual({});
  expect(await securityOf({ TEMPORAL_TLS: 'true' })).toEqual({ tls: true });
  expect(await securityOf({ TEMPORAL_API_KEY: 'k' })).toEqual({ tls: true, apiKey: 'k' });
  await withFolder(async (folder) => {
    const [crt, key] = [path.join(folder, 'crt'), path.join(folder, 'key')];
    await Promise.all([writeFile(crt, 'C'), writeFile(key, 'K')]);
    const pair = { TEMPORAL_TLS_CLIENT_CERT_PATH: crt, TEMPORAL_TLS_CLIENT_KEY_PATH: key };
    expect(await securityOf(pair)).toEqual({
      tls: { clientCertPair: { crt: Buffer.from('C'), key: Buffer.from('K') } },
    });
    await expect(securityOf({ ...pair, TEMPORAL_TLS_CLIENT_KEY_PATH: `${key}x` })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('cannot be read (ENOENT)'),
    });
  });
  await expect(securityOf({ TEMPORAL_TLS_CLIENT_CERT_PATH: 'x' })).rejects.toMatchObject({ code: 'usage' });
});
