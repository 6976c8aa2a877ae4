import { describe, expect, test } from '@jest/globals';

import { openSandbox } from '../../support/sandbox-client.js';

const PATH = '/wiki/api/v2/spaces/98306/pages?limit=9';

describe('burst limit', () => {
  test('tells what is left of the second, then answers 429 until the bucket fills', async () => {
    let nowMs = 0;
    const sandbox = await openSandbox({ rps: 2, timer: () => nowMs });
    const first = await sandbox.get(PATH);
    expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual([
      '2',
      '1',
    ]);
    await sandbox.get(PATH);
    const refused = await sandbox.get(PATH);
    expect(refused.status).toBe(429);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '1',
      'ratelimit-reason': 'confluence-burst-based',
      'x-ratelimit-remaining': '0',
    });
    nowMs = 500;
    expect((await sandbox.get(PATH)).status).toBe(200);
    await sandbox.close();
  });
});

describe('points quota', () => {
  test('costs 1 and 1 for each object, 2 for users; r appears after 80 %; a wall stands until the hour ends', async () => {
    let nowMs = 0;
    const sandbox = await openSandbox({ pointsQuota: 40, hourMs: 60_000, timer: () => nowMs });
    const first = await sandbox.get(PATH);
    expect(first.headers.get('ratelimit-policy')).toBe('"tenant-app-quota";q=40;w=60');
    expect(first.headers.get('ratelimit')).toBe('"tenant-app-quota";t=60');
    expect(first.headers.get('x-ratelimit-nearlimit')).toBeNull();
    await sandbox.get(PATH);
    await sandbox.get(PATH);
    const near = await sandbox.get('/wiki/rest/api/user/current');
    expect(near.headers.get('ratelimit')).toBe('"tenant-app-quota";r=7;t=60');
    expect(near.headers.get('x-ratelimit-nearlimit')).toBe('true');
    expect((await sandbox.get(PATH)).status).toBe(200);
    nowMs = 12_000;
    const wall = await sandbox.get('/wiki/api/v2/spaces');
    expect(wall.status).toBe(429);
    expect(Object.fromEntries(wall.headers)).toMatchObject({
      'retry-after': '48',
      'ratelimit-reason': 'confluence-quota-tenant-based',
      'x-ratelimit-reset': new Date(sandbox.wiki.now() + 48_000).toISOString(),
    });
    nowMs = 60_000;
    expect((await sandbox.get(PATH)).status).toBe(200);
    await sandbox.close();
  });

  test('without a quota bearer tokens are told of one in Beta- headers, and nobody is stopped', async () => {
    const sandbox = await openSandbox();
    const byBearer = await sandbox.get(`${sandbox.gatewayUrl}${PATH}`, {
      headers: { authorization: `Bearer ${sandbox.bearerToken}` },
    });
    expect(byBearer.headers.get('beta-ratelimit-policy')).toBe('"global-app-quota";q=65000;w=3600');
    expect(byBearer.headers.get('ratelimit')).toBeNull();
    expect((await sandbox.get(PATH)).headers.get('beta-ratelimit')).toBeNull();
    await sandbox.close();
  });
});
