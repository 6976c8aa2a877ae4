import { expect, test } from '@jest/globals';
import { numberFromEnv } from '../support/counts.js';
import { type E2eWiki, startWiki, withFolder } from '../support/e2e.js';
import { type Fleet, tenantOf, withFleet } from '../support/fleet.js';
import { until } from '../support/until.js';

const LARGE = numberFromEnv('RXSYNC_FLEET_LARGE', 500);
const SMALL = 3;
const RPS = 10;

const wikiOf = (spaces: number): Promise<E2eWiki> =>
  startWiki({ pages: 1, attachments: 0, comments: 0, spaces, rps: RPS });

const freshLines = (fleet: Fleet, tenant: string): readonly string[] =>
  fleet.workers
    .flatMap(({ lines }) => lines)
    .filter((line) => new RegExp(` ${tenant} \\S+: fresh$`).test(line));

/** How long it takes until the last space of a tenant is fresh, from when it is asked for, ms. */
const timeOf = async (fleet: Fleet, tenant: string, apply: () => Promise<unknown>): Promise<number> => {
  const startedAt = Date.now();
  await apply();
  await until(() => freshLines(fleet, tenant).length === SMALL, 120_000);
  return Math.max(...freshLines(fleet, tenant).map((line) => Date.parse(line.slice(0, 24)))) - startedAt;
};

test('a tenant of three spaces waits at most twice as long beside one of hundreds', async () => {
  const [alone, large, beside] = await Promise.all([wikiOf(SMALL), wikiOf(LARGE), wikiOf(SMALL)]);
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      fleet.startWorker();
      const one = { alone: tenantOf(alone) };
      const two = { ...one, large: tenantOf(large) };
      const aloneMs = await timeOf(fleet, 'alone', () => fleet.apply({ tenants: one }));
      await fleet.apply({ tenants: two });
      await until(() => freshLines(fleet, 'large').length > 0, 60_000);
      const besideMs = await timeOf(fleet, 'beside', () =>
        fleet.apply({ tenants: { ...two, beside: tenantOf(beside) } }),
      );
      expect(freshLines(fleet, 'large').length).toBeLessThan(LARGE);
      expect(besideMs).toBeLessThanOrEqual(2 * aloneMs);
    }),
  );
  await Promise.all([alone, large, beside].map((wiki) => wiki.close()));
});

test('where a worker has room for one tenant, the large one makes room after a slice', async () => {
  const [large, small] = await Promise.all([wikiOf(LARGE), wikiOf(SMALL)]);
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      fleet.startWorker('--tenants', '1');
      await fleet.apply({ tenants: { large: tenantOf(large) } });
      await until(() => freshLines(fleet, 'large').length > 0, 60_000);
      const ms = await timeOf(fleet, 'small', () =>
        fleet.apply({ tenants: { large: tenantOf(large), small: tenantOf(small) } }),
      );
      expect(freshLines(fleet, 'large').length).toBeLessThan(LARGE);
      expect(ms).toBeLessThan(60_000);
    }),
  );
  await Promise.all([large, small].map((wiki) => wiki.close()));
});
