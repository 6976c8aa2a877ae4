import {
  Client,
  Connection,
  ScheduleNotFoundError,
  type WorkflowExecutionDescription,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { firstValueFrom, from, map, merge, timer } from 'rxjs';
import { z } from 'zod';
import { Definition } from './definition.js';
import { engineFailure } from './engine-failure.js';
import { ACCOUNT, idOf, SIGNAL, tenantOf, WORKFLOW, WORKFLOW_QUEUE } from './names.js';
import { scheduleOf } from './schedule.js';
import { securityOf, type Server } from './server.js';
import { Heartbeat } from './slice-progress.js';
import { type Account, newTenant, type PullRequest } from './tenant-state.js';

/** A tenant as the engine has it. */
export interface EngineTenant {
  readonly tenant: string;
  /** Undefined when it cannot be read: it is of another version of rxsync. */
  readonly definition: Definition | undefined;
  readonly nextRun: Date | undefined;
  /** Whether its workflow is there. */
  readonly isAtWork: boolean;
  /** Undefined before its workflow has told anything. */
  readonly account: Account | undefined;
  /** What a worker does for it now; undefined when none does. */
  readonly running: Heartbeat | undefined;
}

/** What is asked of Temporal. Everything may reject with EngineError. */
export interface Engine {
  /** In the order of their names. */
  readonly tenants: () => Promise<readonly EngineTenant[]>;
  /** Undefined when there is none of this name. */
  readonly tenant: (name: string) => Promise<EngineTenant | undefined>;
  /** Creates or replaces the schedule of a tenant. */
  readonly define: (definition: Definition) => Promise<void>;
  /** Asks for a round now; begins the tenant's workflow where there is none. */
  readonly request: (request: PullRequest) => Promise<void>;
  /** Stops softly until somebody asks for a round. */
  readonly stop: (tenant: string) => Promise<void>;
  /** Removes schedule and workflow, which stops softly; resolves when it has ended. */
  readonly remove: (tenant: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const Problem = z.object({ code: z.string(), message: z.string() });

const AccountOf = z.object({
  [ACCOUNT]: z.object({
    spaces: z.number(),
    fresh: z.number(),
    due: z.number(),
    failed: z.number(),
    failing: z.array(Problem.extend({ space: z.string(), attempts: z.number(), at: z.number() })),
    paused: Problem.exactOptional(),
    heldUntil: z.number().exactOptional(),
    points: z.number().exactOptional(),
  }),
});

/** A heartbeat as it went over the wire. */
const heartbeatIn = (data: Uint8Array | null | undefined): Heartbeat | undefined => {
  if (!data) return undefined;
  try {
    return Heartbeat.safeParse(JSON.parse(Buffer.from(data).toString())).data;
  } catch {
    return undefined;
  }
};

type AtWork = Pick<EngineTenant, 'isAtWork' | 'account' | 'running'>;

const NOT_AT_WORK: AtWork = { isAtWork: false, account: undefined, running: undefined };

const atWork = ({ memo, status, raw }: WorkflowExecutionDescription): AtWork => ({
  isAtWork: status.name === 'RUNNING',
  account: AccountOf.safeParse(memo).data?.[ACCOUNT],
  running: (raw.pendingActivities ?? [])
    .map(({ heartbeatDetails }) => heartbeatIn(heartbeatDetails?.payloads?.[0]?.data))
    .find((heartbeat) => heartbeat !== undefined),
});

const isGone = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError || error instanceof ScheduleNotFoundError;

const ifThere = async <T>(promise: Promise<T>): Promise<T | undefined> => {
  try {
    return await promise;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
};

const describe = async ({ schedule, workflow }: Client, name: string): Promise<EngineTenant | undefined> => {
  const [plan, work] = await Promise.all([
    ifThere(schedule.getHandle(idOf(name)).describe()),
    ifThere(workflow.getHandle(idOf(name)).describe()),
  ]);
  if (plan === undefined) return undefined;
  const args: unknown = plan.action.args?.[0];
  return {
    tenant: name,
    definition: Definition.safeParse(args).data,
    nextRun: plan.info.nextActionTimes[0],
    ...(work === undefined ? NOT_AT_WORK : atWork(work)),
  };
};

/** So many are asked for side by side. */
const AT_ONCE = 20;

const describeAll = async (client: Client): Promise<readonly EngineTenant[]> => {
  const names: string[] = [];
  for await (const { scheduleId, action } of client.schedule.list())
    if (action?.workflowType === WORKFLOW.tick) names.push(tenantOf(scheduleId));
  names.sort();
  const found: EngineTenant[] = [];
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const part = names.slice(start, start + AT_ONCE).map((name) => describe(client, name));
    found.push(...(await Promise.all(part)).filter((each) => each !== undefined));
  }
  return found;
};

const define = async ({ schedule }: Client, definition: Definition): Promise<void> => {
  const scheduleId = idOf(definition.tenant);
  const options = scheduleOf(definition);
  const there = await ifThere(
    schedule
      .getHandle(scheduleId)
      .update(() => options)
      .then(() => true),
  );
  if (there === undefined) await schedule.create({ ...options, scheduleId });
};

const request = async ({ workflow }: Client, asked: PullRequest): Promise<void> => {
  const { definition } = asked;
  await workflow.signalWithStart(WORKFLOW.tenant, {
    workflowId: idOf(definition.tenant),
    taskQueue: WORKFLOW_QUEUE,
    args: [newTenant(definition)],
    signal: SIGNAL.pull,
    signalArgs: [asked],
  });
};

/** So long a workflow that is to end may leave what is under way with checkpoints; then no worker is there to end it. */
const END_MS = 15_000;

/** Who comes back under the same name must not find the workflow that is about to end. */
const remove = async ({ schedule, workflow }: Client, tenant: string): Promise<void> => {
  const handle = workflow.getHandle(idOf(tenant));
  await ifThere(schedule.getHandle(idOf(tenant)).delete());
  await ifThere(handle.cancel());
  const end = handle.result().then(
    () => true,
    () => true,
  );
  const hasEnded = await firstValueFrom(merge(from(end), timer(END_MS).pipe(map(() => false))));
  if (!hasEnded) await ifThere(handle.terminate('removed from the fleet'));
};

/** @throws EngineError, UsageError (as a rejection) */
export const openEngine = async (
  { address, namespace }: Server,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Engine> => {
  const security = await securityOf(env);
  const told = async <T>(promise: Promise<T>): Promise<T> => {
    try {
      return await promise;
    } catch (error) {
      throw engineFailure(address, error);
    }
  };
  const connection = await told(Connection.connect({ address, ...security, connectTimeout: '10 seconds' }));
  const client = new Client({ connection, namespace });
  return {
    tenants: () => told(describeAll(client)),
    tenant: (name) => told(describe(client, name)),
    define: (definition) => told(define(client, definition)),
    request: (asked) => told(request(client, asked)),
    stop: (tenant) => told(client.workflow.getHandle(idOf(tenant)).signal(SIGNAL.stop)),
    remove: (tenant) => told(remove(client, tenant)),
    close: () => connection.close(),
  };
};
