import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import type { Definition } from '../../lib/fleet/definition.js';
import { tenantWikis } from '../../lib/fleet/tenant-wikis.js';
import { withFolder } from '../support/e2e.js';

const definition: Definition = {
  tenant: 'acme',
  failover: '75s',
  url: 'https://acme.atlassian.net',
  email: { env: 'EMAIL' },
  token: { env: 'TOKEN' },
  spaces: '*',
  except: [],
  every: '1h',
  options: { concurrency: 2 },
};
const ENV = { EMAIL: 'you@example.com', TOKEN: 'secret' };

test('a tenant keeps its wiki, with one governor, until something of it changes', async () => {
  const wikis = tenantWikis(ENV);
  const first = await wikis.open(definition);
  expect(await wikis.open(definition)).toBe(first);
  expect(await wikis.open({ ...definition, options: { concurrency: 3 } })).not.toBe(first);
  const last = await wikis.open(definition);
  wikis.forget('acme');
  expect(await wikis.open(definition)).not.toBe(last);
});

test('a token that is renewed in its file makes a new wiki', async () => {
  await withFolder(async (folder) => {
    const file = path.join(folder, 'token');
    await writeFile(file, 'old\n');
    const wikis = tenantWikis(ENV);
    const inFile = { ...definition, token: { file } };
    const first = await wikis.open(inFile);
    expect(await wikis.open(inFile)).toBe(first);
    await writeFile(file, 'new\n');
    expect(await wikis.open(inFile)).not.toBe(first);
  });
});

test.each([
  [
    definition,
    { EMAIL: 'a' },
    'The credentials of acme are not on this worker: the variable TOKEN is not set.',
  ],
  [
    { ...definition, token: { file: '/none' } },
    ENV,
    /not on this worker: The file "\/none" cannot be read \(ENOENT\)\.$/,
  ],
  [
    { ...definition, email: undefined, token: undefined, 'bearer-token': { env: 'B' } },
    { B: ' ' },
    /the variable B is not set/,
  ],
])('credentials that are not there are refused', async (of, env, message) => {
  await expect(tenantWikis(env).open(of)).rejects.toMatchObject({ code: 'credentials' });
  await expect(tenantWikis(env).open(of)).rejects.toThrow(message);
});
