import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { firstValueFrom, type Observable } from 'rxjs';
import { engineFailure } from './engine-failure.js';
import { pullQueue, WORKFLOW_QUEUE } from './names.js';
import { securityOf, type Server } from './server.js';
import { tenantWikis } from './tenant-wikis.js';
import { workerActivities, type WorkerWorld } from './worker-activities.js';

export interface WorkerOptions extends Pick<WorkerWorld, 'mirrors' | 'folderOf' | 'tell'> {
  readonly server: Server;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How many tenants are pulled at once. */
  readonly tenants: number;
  /** Only tenants that name it are pulled; undefined: only those that name none. */
  readonly name: string | undefined;
  /** Ends the worker softly: what is under way is left with a checkpoint. */
  readonly stop$: Observable<unknown>;
}

/** The build puts it beside the command: the engine's packages bundle it when a worker starts. */
const WORKFLOWS = fileURLToPath(new URL('./tenant-workflow.js', import.meta.url));

const install = (tell: WorkerOptions['tell']): void => {
  Runtime.install({
    logger: new DefaultLogger('ERROR', ({ level, message }) => tell(`Temporal, ${level}: ${message}`)),
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } },
    // The command has its own.
    shutdownSignals: [],
  });
};

const connect = async ({ server, env }: WorkerOptions): Promise<NativeConnection> => {
  const security = await securityOf(env);
  try {
    return await NativeConnection.connect({ address: server.address, ...security });
  } catch (error) {
    throw engineFailure(server.address, error);
  }
};

/** Both ends with the same connection: workflows of any tenant, and pulls of those that are this worker's. */
const createWorkers = async (
  options: WorkerOptions,
  connection: NativeConnection,
): Promise<readonly Worker[]> => {
  const { mirrors, folderOf, tell, env, stop$, tenants, name } = options;
  const { namespace } = options.server;
  const world = { id: randomUUID(), mirrors, folderOf, tell, stop$, wikis: tenantWikis(env) };
  const pulls = await Worker.create({
    connection,
    namespace,
    taskQueue: pullQueue(name),
    activities: { ...workerActivities(world) },
    maxConcurrentActivityTaskExecutions: tenants,
    shutdownGraceTime: '2 minutes',
  });
  const workflows = await Worker.create({
    connection,
    namespace,
    taskQueue: WORKFLOW_QUEUE,
    workflowsPath: WORKFLOWS,
    maxCachedWorkflows: 100,
  });
  return [pulls, workflows];
};

const end = (workers: readonly Worker[]): void => {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
};

/**
 * Works until it is stopped.
 * @throws EngineError (as a rejection)
 */
export const runWorker = async (options: WorkerOptions): Promise<void> => {
  const { server, stop$, tell, mirrors, tenants, name } = options;
  install(tell);
  const stopped = firstValueFrom(stop$);
  const connection = await connect(options);
  try {
    const workers = await createWorkers(options, connection);
    const which = name === undefined ? 'of the fleet' : `that name the worker ${name}`;
    tell(`Working for ${server.address}: tenants ${which}, ${tenants} at once, mirrors in ${mirrors}.`);
    void stopped.then(() => end(workers));
    const running = workers.map((worker) => worker.run());
    // One cannot do without the other.
    await Promise.all(running).finally(() => {
      end(workers);
      return Promise.allSettled(running);
    });
  } catch (error) {
    throw engineFailure(server.address, error);
  } finally {
    await connection.close();
  }
};
