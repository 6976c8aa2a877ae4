import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createPrng } from '../../lib/sandbox/data/prng.js';
import { numberFromEnv } from '../support/counts.js';
import { type E2eWiki, readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';
import { type Fleet, type Span, tenantOf, withFleet } from '../support/fleet.js';
import { treeDifference } from '../support/tree-difference.js';

const TENANTS = numberFromEnv('RXSYNC_FLEET_TENANTS', 12);
const SPACES = numberFromEnv('RXSYNC_FLEET_SPACES', 10);
const WORKERS = numberFromEnv('RXSYNC_FLEET_WORKERS', 3);
const KILLS = numberFromEnv('RXSYNC_FLEET_KILLS', 6);
const SEED = numberFromEnv('RXSYNC_FLEET_SEED', 1);
/** Small enough to be felt: a tenant takes some seconds. */
const RPS = 20;
const QUOTA = 5000;

/** Kills a worker every few seconds and starts another, and the server twice on the way. */
const disturb = async (fleet: Fleet): Promise<void> => {
  const random = createPrng(SEED);
  const running = Array.from({ length: WORKERS }, () => fleet.startWorker());
  const serverKills = new Set([Math.floor(KILLS / 3), Math.floor((2 * KILLS) / 3)]);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await delay(2000 + random.int(3000));
    const victim = random.int(WORKERS);
    await running[victim]?.kill('SIGKILL');
    running[victim] = fleet.startWorker();
    if (!serverKills.has(kill)) continue;
    await fleet.server.kill();
    await delay(random.int(2000));
    await fleet.server.start();
  }
};

/** Pairs of times in which two workers had the same tenant. */
const overlaps = (fleet: Fleet): readonly string[] => {
  const all = fleet.workers.flatMap((worker, index) => worker.spans().map((span) => ({ ...span, index })));
  type Owned = Span & { readonly index: number };
  const meet = (a: Owned, b: Owned): boolean =>
    a.tenant === b.tenant && a.index < b.index && a.from < b.to && b.from < a.to;
  return all.flatMap((a) =>
    all
      .filter((b) => meet(a, b))
      .map((b) => `${a.tenant}: ${a.space} in ${a.index} and ${b.space} in ${b.index}`),
  );
};

/** Where the mirrors of a tenant are not as one undisturbed pull of all spaces leaves them. */
const differences = async (wiki: E2eWiki, found: string, folder: string): Promise<readonly string[]> => {
  const keys = Array.from({ length: SPACES }, (_, index) => `S${index + 1}`);
  const dir = path.join(folder, 'by-hand', path.basename(found));
  await rxsync(['pull', dir, '--space', keys.join(',')], { env: wiki.env });
  const lines = keys.map(async (key) => {
    const expected = await readTree(path.join(dir, key));
    expect(Object.keys(expected).length).toBeGreaterThan(5);
    return treeDifference(await readTree(path.join(found, key)), expected);
  });
  return (await Promise.all(lines)).flat();
};

test(
  'workers and servers are killed: every space ends as an undisturbed pull leaves it',
  async () => {
    const wikis = await Promise.all(
      Array.from({ length: TENANTS }, (_, index) =>
        startWiki({
          pages: 1,
          attachments: 0,
          comments: 0,
          spaces: SPACES,
          seed: index + 1,
          rps: RPS,
          pointsQuota: QUOTA,
        }),
      ),
    );
    const named = wikis.map((wiki, index) => [`tenant-${index + 1}`, wiki] as const);
    await withFolder((folder) =>
      withFleet(folder, async (fleet) => {
        const tenants = Object.fromEntries(named.map(([name, wiki]) => [name, tenantOf(wiki)]));
        expect(await fleet.apply({ failover: '8s', tenants })).toMatchObject({ code: 0 });
        await disturb(fleet);
        await fleet.fresh(300_000);
        const spans = fleet.workers.flatMap((worker) => worker.spans());
        expect(spans.length).toBeGreaterThanOrEqual(TENANTS * SPACES);
        expect(overlaps(fleet)).toEqual([]);
        for (const [name, { sandbox }] of named) {
          const { byStatus, points, total } = sandbox.requests;
          const { 429: refused = 0 } = byStatus;
          // Two governors at once would have every other request refused; one that learns its limit has a few.
          expect({ name, isWithin: refused <= total / 15 && points <= QUOTA }).toEqual({
            name,
            isWithin: true,
          });
        }
        const differing = named.map(([name, wiki]) =>
          differences(wiki, path.join(fleet.mirrors, name), folder),
        );
        expect((await Promise.all(differing)).flat()).toEqual([]);
      }),
    );
    await Promise.all(wikis.map((wiki) => wiki.close()));
  },
  numberFromEnv('RXSYNC_FLEET_MINUTES', 10) * 60_000,
);
