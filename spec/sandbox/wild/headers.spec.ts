import { afterEach, expect, test } from '@jest/globals';

import { type OpenSandbox, openSandbox } from '../../support/sandbox-client.js';

const ME = '/wiki/rest/api/user/current';
let sandbox: OpenSandbox;
afterEach(() => sandbox.close());

test('the Date of answers can be ahead or behind', async () => {
  sandbox = await openSandbox({ now: () => Date.UTC(2026, 1, 3, 12) });
  for (const [wild, date] of [
    ['clock-skew=90', 'Tue, 03 Feb 2026 12:01:30 GMT'],
    ['clock-skew=-3600', 'Tue, 03 Feb 2026 11:00:00 GMT'],
    ['', 'Tue, 03 Feb 2026 12:00:00 GMT'],
  ] as const) {
    sandbox.wild.set(wild);
    expect((await sandbox.get(ME)).headers.get('date')).toBe(date);
  }
});

test('limits are told that refuse nothing', async () => {
  sandbox = await openSandbox({ wild: 'rate-policy=near' });
  const { status, headers } = await sandbox.get(ME);
  expect(status).toBe(200);
  expect(headers.get('ratelimit')).toBe('"global-app-quota";r=900;t=600');
  expect(() => sandbox.wild.set('rate-policy=none')).toThrow('rate-policy=tenant|near|beta|burst');
});

test('a token with scopes is taken by the gateway alone', async () => {
  sandbox = await openSandbox({ wild: 'scoped-token' });
  expect((await sandbox.get(ME)).status).toBe(401);
  expect((await sandbox.get(sandbox.gatewayUrl + ME)).status).toBe(200);
});
