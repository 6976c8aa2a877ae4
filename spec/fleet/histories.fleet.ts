import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Activities } from '../../lib/fleet/activities.js';
import type { Definition } from '../../lib/fleet/definition.js';
import { pullQueue, SIGNAL, WORKFLOW, WORKFLOW_QUEUE } from '../../lib/fleet/names.js';
import { newTenant, type PullRequest } from '../../lib/fleet/tenant-state.js';
import { numberFromEnv } from '../support/counts.js';
import { withFolder } from '../support/e2e.js';
import { withFleet } from '../support/fleet.js';
import { until } from '../support/until.js';

const SPACES = numberFromEnv('RXSYNC_FLEET_MANY', 5000);
const ROUNDS = numberFromEnv('RXSYNC_FLEET_ROUNDS', 4);
const WORKFLOWS = fileURLToPath(new URL('../../dist/bin/tenant-workflow.js', import.meta.url));

const definition: Definition = {
  tenant: 'many',
  url: 'https://wiki.example',
  token: { env: 'TOKEN' },
  email: 'a@example.com',
  spaces: '*',
  except: [],
  every: '1h',
  options: {},
  failover: '10s',
};

const request: PullRequest = { definition, by: 'person' };

beforeAll(() => void Runtime.install({ logger: new DefaultLogger('ERROR') }));

test('rounds of thousands of spaces leave short histories, which play again as they were', async () => {
  let pulled = 0;
  const keys = Array.from({ length: SPACES }, (_, index) => `SPACE${index + 1}`);
  const activities: Activities = {
    listSpaces: () => Promise.resolve({ worker: 'w', result: { spaces: keys } }),
    // Each worker leaves some of what it is given.
    pullSpaces: (_, spaces) => {
      const done = spaces.slice(0, 90);
      pulled += done.length;
      return Promise.resolve({ worker: 'w', result: { results: done.map((space) => ({ space })) } });
    },
  };
  await withFolder((folder) =>
    withFleet(folder, async ({ server }) => {
      const native = await NativeConnection.connect({ address: server.address });
      const connection = await Connection.connect({ address: server.address });
      const { workflow } = new Client({ connection });
      const workers = await Promise.all([
        Worker.create({
          connection: native,
          taskQueue: pullQueue(undefined),
          activities: { ...activities },
        }),
        Worker.create({ connection: native, taskQueue: WORKFLOW_QUEUE, workflowsPath: WORKFLOWS }),
      ]);
      const working = Promise.all(workers.map((worker) => worker.run()));
      for (let round = 1; round <= ROUNDS; round += 1) {
        await workflow.signalWithStart(WORKFLOW.tenant, {
          workflowId: 'many',
          taskQueue: WORKFLOW_QUEUE,
          args: [newTenant(definition)],
          signal: SIGNAL.pull,
          signalArgs: [request],
        });
        await until(() => pulled === round * SPACES, 120_000);
      }
      const lengths: number[] = [];
      for await (const { runId } of workflow.list({ query: "WorkflowId = 'many'" })) {
        const history = await workflow.getHandle('many', runId).fetchHistory();
        lengths.push(history.events?.length ?? Infinity);
        await Worker.runReplayHistory({ workflowsPath: WORKFLOWS }, history, 'many');
      }
      expect(lengths.length).toBeGreaterThan(1);
      expect(Math.max(...lengths)).toBeLessThan(5000);
      workers.forEach((worker) => worker.shutdown());
      await working;
      await native.close();
      await connection.close();
    }),
  );
});
