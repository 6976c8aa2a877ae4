import path from 'node:path';
import { expect, test } from '@jest/globals';
import { readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';
import { tenantOf, withFleet } from '../support/fleet.js';
import { treeDifference } from '../support/tree-difference.js';
import { until } from '../support/until.js';

test('a tenant of two spaces is mirrored as two pulls mirror it', async () => {
  const wiki = await startWiki({ pages: 1, attachments: 0, comments: 0, spaces: 2 });
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      const file = { failover: '10s', tenants: { acme: tenantOf(wiki, { options: { comments: true } }) } };
      const worker = fleet.startWorker();
      expect(await fleet.apply(file)).toMatchObject({ code: 0, stdout: '+ acme: all spaces, every 6h\n' });
      await fleet.fresh(60_000);
      expect(await fleet.apply(file)).toMatchObject({ code: 0, stdout: '' });
      const other = path.join(folder, 'by-hand');
      for (const space of ['S1', 'S2']) {
        const dir = path.join(other, space);
        await rxsync(['pull', dir, '--space', space, '--comments'], { env: wiki.env });
        const [found, expected] = [
          await readTree(path.join(fleet.mirrors, 'acme', space)),
          await readTree(dir),
        ];
        expect(treeDifference(found, expected)).toEqual([]);
        expect(Object.keys(found).length).toBeGreaterThan(5);
      }
      expect(await worker.kill('SIGTERM')).toBe(0);
    }),
  );
  await wiki.close();
});

test('refused credentials pause a tenant until somebody asks for it', async () => {
  const [good, bad] = await Promise.all([
    startWiki({ pages: 1, attachments: 0, comments: 0, spaces: 1 }),
    startWiki({ pages: 1, attachments: 0, comments: 0, spaces: 1, wild: 'revoke=1' }),
  ]);
  await withFolder((folder) =>
    withFleet(folder, async (fleet) => {
      fleet.startWorker();
      await fleet.apply({
        failover: '10s',
        tenants: { good: tenantOf(good), bad: tenantOf(bad, { spaces: ['S1'], except: [] }) },
      });
      const statusOf = async (name: string) => (await fleet.status()).find(({ tenant }) => tenant === name);
      await until(async () => (await statusOf('bad'))?.paused?.code === 'credentials', 60_000);
      await until(async () => (await statusOf('good'))?.fresh === 1, 60_000);
      expect(await statusOf('bad')).toMatchObject({ nextRun: null, fresh: 0 });
      expect((await fleet.rxsync('status')).stdout).toMatch(/^bad +1 .* paused/m);
      const asked = bad.sandbox.requests.total;
      bad.sandbox.wild.set('');
      expect(bad.sandbox.requests.total).toBe(asked);
      expect(await fleet.rxsync('pull', 'bad')).toMatchObject({ code: 0 });
      await fleet.fresh(60_000);
      expect(await fleet.rxsync('stop', 'good')).toMatchObject({ code: 0 });
      await until(async () => (await statusOf('good'))?.paused?.code === 'stopped', 60_000);
      expect(await fleet.rxsync('pull', 'nobody')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('no tenant "nobody"'),
      });
    }),
  );
  await Promise.all([good.close(), bad.close()]);
});
