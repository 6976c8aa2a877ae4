import { expect, test } from '@jest/globals';
import { startWiki, withFolder } from '../support/e2e.js';
import { tenantOf, withFleet } from '../support/fleet.js';
import { until } from '../support/until.js';

/** Longer than a worker waits in its place, from when it is spent to the end. */
const HOUR_MS = 45_000;
const QUOTA = 150;

test('a tenant whose quota is spent makes room until the wiki takes requests again', async () => {
  const options = { pages: 1, attachments: 0, comments: 0, spaces: 20 };
  const startedAt = Date.now();
  const timer = (): number => Date.now() - startedAt;
  const [spent, other] = await Promise.all([
    startWiki({ ...options, pointsQuota: QUOTA, hourMs: HOUR_MS, timer }),
    startWiki({ ...options, spaces: 1 }),
  ]);
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      const worker = fleet.startWorker('--tenants', '1');
      await fleet.apply({ tenants: { spent: tenantOf(spent) } });
      const statusOf = async (name: string) => (await fleet.status()).find(({ tenant }) => tenant === name);
      await until(async () => (await statusOf('spent'))?.heldUntil !== undefined, 60_000);
      const asked = spent.sandbox.requests.total;
      await fleet.apply({ tenants: { spent: tenantOf(spent), other: tenantOf(other) } });
      await until(async () => (await statusOf('other'))?.fresh === 1, 30_000);
      expect(spent.sandbox.requests.total).toBe(asked);
      await until(() => spent.sandbox.requests.total > asked, HOUR_MS);
      expect(worker.lines.length).toBeLessThan(100);
    }),
  );
  await Promise.all([spent.close(), other.close()]);
});
