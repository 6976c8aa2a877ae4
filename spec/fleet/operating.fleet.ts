import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { idOf } from '../../lib/fleet/names.js';
import { type E2eWiki, readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';
import { type Fleet, type FleetWorker, tenantOf, withFleet } from '../support/fleet.js';
import { treeDifference } from '../support/tree-difference.js';
import { until } from '../support/until.js';

/** Slow enough to be disturbed on the way. */
const slowWiki = (spaces: number): Promise<E2eWiki> =>
  startWiki({ pages: 1, attachments: 0, comments: 0, spaces, rps: 3 });

const hasBegun = (worker: FleetWorker): Promise<void> =>
  until(() => worker.lines.some((line) => line.endsWith(': pulling')), 60_000);

const statusOf = async (fleet: Fleet, name: string) =>
  (await fleet.status()).find(({ tenant }) => tenant === name);

test('a worker that is asked to end leaves checkpoints, and another goes on at once', async () => {
  const wiki = await slowWiki(2);
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      const first = fleet.startWorker();
      // So long a silence would be waited for.
      await fleet.apply({ failover: '10m', tenants: { acme: tenantOf(wiki) } });
      await hasBegun(first);
      expect(await first.kill('SIGTERM')).toBe(0);
      expect(first.lines.at(-1)).toMatch(/ acme S\d: (?:left with a checkpoint|fresh)$/);
      fleet.startWorker();
      await fleet.fresh(90_000);
    }),
  );
  await wiki.close();
});

test('a suspended worker whose tenant was given away lets go of it when it wakes', async () => {
  const wiki = await slowWiki(2);
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      const first = fleet.startWorker();
      await fleet.apply({ failover: '5s', tenants: { acme: tenantOf(wiki) } });
      await hasBegun(first);
      first.signal('SIGSTOP');
      const second = fleet.startWorker();
      await hasBegun(second);
      const asked = first.lines.length;
      first.signal('SIGCONT');
      await until(async () => {
        const status = await statusOf(fleet, 'acme');
        return status?.fresh === 2;
      }, 120_000);
      // Woken up, it begins nothing more of what is not its own.
      expect(first.lines.slice(asked).filter((line) => line.endsWith(': pulling'))).toEqual([]);
      await rxsync(['pull', path.join(folder, 'by-hand'), '--space', 'S1,S2'], { env: wiki.env });
      for (const key of ['S1', 'S2'])
        expect(
          treeDifference(
            await readTree(path.join(fleet.mirrors, 'acme', key)),
            await readTree(path.join(folder, 'by-hand', key)),
          ),
        ).toEqual([]);
    }),
  );
  await wiki.close();
});

test('a worker with a disk of its own pulls the tenants that name it, and only those', async () => {
  const wiki = await startWiki({ pages: 1, attachments: 0, comments: 0, spaces: 1 });
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      const disk = path.join(folder, 'disk');
      fleet.startWorker();
      await fleet.apply({
        tenants: { shared: tenantOf(wiki), bound: tenantOf(wiki, { worker: 'disk-1' }) },
      });
      await until(async () => (await statusOf(fleet, 'shared'))?.fresh === 1, 60_000);
      expect(await statusOf(fleet, 'bound')).toMatchObject({ fresh: 0 });
      fleet.startWorker('--name', 'disk-1', '--mirrors', disk);
      await fleet.fresh(60_000);
      expect(await readdir(disk)).toEqual(['bound']);
      expect(await readdir(fleet.mirrors)).toEqual(['shared']);
    }),
  );
  await wiki.close();
});

test('apply changes what differs, tells it without changing anything, and removes what the file lacks', async () => {
  const wiki = await slowWiki(3);
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      const worker = fleet.startWorker();
      const one = { failover: '8s', tenants: { acme: tenantOf(wiki, { spaces: ['S1'], except: [] }) } };
      const two = { failover: '8s', tenants: { acme: tenantOf(wiki, { spaces: ['S1', 'S2'], except: [] }) } };
      await fleet.apply(one);
      await fleet.fresh(60_000);
      const told = '~ acme: spaces: +S2\n';
      expect(await fleet.apply(two, '--dry-run')).toMatchObject({ code: 0, stdout: told });
      expect(await fleet.apply(two)).toMatchObject({ code: 0, stdout: told });
      await until(() => existsSync(path.join(fleet.mirrors, 'acme/S2/index.md')), 60_000);
      await fleet.fresh(60_000);
      expect(await fleet.rxsync('pull', 'acme', '--space', 'S3')).toMatchObject({
        code: 2,
        stderr: 'rxsync: "S3" is no space of acme.\n  It has S1, S2. Add it to the fleet file.\n',
      });
      const three = tenantOf(wiki, { spaces: ['S1', 'S2', 'S3'], except: [] });
      await fleet.apply({ failover: '8s', tenants: { acme: three } });
      await until(() => worker.lines.some((line) => line.endsWith('S3: pulling')), 60_000);
      expect(await fleet.apply({ tenants: {} })).toMatchObject({ code: 0, stdout: '- acme\n' });
      await until(() => worker.lines.some((line) => line.endsWith('S3: left with a checkpoint')), 60_000);
      expect(await fleet.status()).toEqual([]);
      expect(await fleet.apply({ tenants: {} })).toMatchObject({ code: 0, stdout: '' });
      expect(existsSync(path.join(fleet.mirrors, 'acme/S1/index.md'))).toBe(true);
    }),
  );
  await wiki.close();
});

test('a tenant that is stopped on the way keeps its checkpoint and goes on when it is asked for', async () => {
  const wiki = await slowWiki(2);
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      const worker = fleet.startWorker();
      await fleet.apply({ failover: '8s', tenants: { acme: tenantOf(wiki) } });
      await hasBegun(worker);
      await fleet.rxsync('stop', 'acme');
      await until(async () => (await statusOf(fleet, 'acme'))?.paused?.code === 'stopped', 60_000);
      expect(worker.lines.filter((line) => line.endsWith(': left with a checkpoint'))).toHaveLength(2);
      await fleet.rxsync('pull', 'acme');
      await fleet.fresh(60_000);
    }),
  );
  await wiki.close();
});

test('what a stop has left is due as long as it is not pulled, and goes on with whatever is asked for', async () => {
  const wiki = await slowWiki(3);
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      const worker = fleet.startWorker();
      await fleet.apply({ failover: '8s', tenants: { acme: tenantOf(wiki) } });
      await hasBegun(worker);
      await fleet.rxsync('stop', 'acme');
      await until(async () => (await statusOf(fleet, 'acme'))?.paused?.code === 'stopped', 60_000);
      expect(await statusOf(fleet, 'acme')).toMatchObject({ spaces: 3, fresh: 0, waiting: 3 });
      await fleet.rxsync('pull', 'acme', '--space', 'S3');
      await fleet.fresh(90_000);
      for (const key of ['S1', 'S2', 'S3'])
        expect(existsSync(path.join(fleet.mirrors, 'acme', key, 'index.md'))).toBe(true);
    }),
  );
  await wiki.close();
});

test('a tenant that is taken out on the way and comes back goes on', async () => {
  const wiki = await slowWiki(2);
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      const worker = fleet.startWorker();
      const file = { failover: '8s', tenants: { acme: tenantOf(wiki) } };
      await fleet.apply(file);
      await hasBegun(worker);
      expect(await fleet.apply({ tenants: {} })).toMatchObject({ stdout: '- acme\n' });
      expect(await fleet.apply(file)).toMatchObject({ stdout: expect.stringMatching(/^\+ acme: /) });
      await fleet.fresh(60_000);
    }),
  );
  await wiki.close();
});

test('an option that leaves the fleet file leaves the mirrors', async () => {
  const wiki = await startWiki({ pages: 2, attachments: 0, comments: 0, spaces: 1 });
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      fleet.startWorker();
      const isThere = (name: string): boolean => existsSync(path.join(fleet.mirrors, 'acme/S1', name));
      await fleet.apply({ tenants: { acme: tenantOf(wiki, { options: { format: 'storage' } }) } });
      await fleet.fresh(60_000);
      expect([isThere('index.xhtml'), isThere('index.md')]).toEqual([true, false]);
      await fleet.apply({ tenants: { acme: tenantOf(wiki) } });
      await until(() => isThere('index.md'), 60_000);
      await fleet.fresh(60_000);
      expect(isThere('index.xhtml')).toBe(false);
    }),
  );
  await wiki.close();
});

test('a server that does not answer is named', async () => {
  const { code, stderr } = await rxsync(['fleet', 'status', '--address', '127.0.0.1:1']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^rxsync: Temporal at 127\.0\.0\.1:1 .*\n {2}Check address and namespace, and that/);
});

test('a tenant whose workflow somebody has ended begins anew with the next round', async () => {
  const wiki = await startWiki({ pages: 1, attachments: 0, comments: 0, spaces: 1 });
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      fleet.startWorker();
      const file = { tenants: { acme: tenantOf(wiki) } };
      await fleet.apply(file);
      await fleet.fresh(60_000);
      const connection = await Connection.connect({ address: fleet.server.address });
      const { workflow, schedule } = new Client({ connection });
      await workflow.getHandle(idOf('acme')).terminate();
      expect(await fleet.apply(file, '--dry-run')).toMatchObject({
        stdout: '> acme: its workflow has ended\n',
      });
      const asked = wiki.sandbox.requests.total;
      await schedule.getHandle(idOf('acme')).trigger();
      await until(() => wiki.sandbox.requests.total > asked, 60_000);
      await fleet.fresh(60_000);
      await connection.close();
    }),
  );
  await wiki.close();
});
