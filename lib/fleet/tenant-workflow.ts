import {
  ActivityCancellationType,
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  startChild,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from './activities.js';
import type { Definition } from './definition.js';
import { durationMs } from './duration.js';
import { ACCOUNT, idOf, pullQueue, SIGNAL } from './names.js';
import * as decide from './tenant-state.js';

/** Long before the engine's own limits of 10,240 events that are told, and 51,200 that end a workflow. */
const MOST_EVENTS = 1000;

const pullSignal = defineSignal<[decide.PullRequest]>(SIGNAL.pull);
const stopSignal = defineSignal(SIGNAL.stop);

/** What takes longer is stopped by itself long before (`slice.ts`): this is for what hangs. */
const activitiesOf = ({ failover, worker }: Definition): Activities =>
  proxyActivities<Activities>({
    taskQueue: pullQueue(worker),
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: durationMs(failover),
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
  });

type Inbox = decide.PullRequest | 'stop';

/** One tenant for as long as the fleet has it: at most one worker at a time pulls its spaces. */
export const tenant = async (carried: decide.TenantState): Promise<void> => {
  const inbox: Inbox[] = [];
  let state = carried;
  let told = '';
  let work = new CancellationScope();
  setHandler(pullSignal, (request) => void inbox.push(request));
  setHandler(stopSignal, () => {
    inbox.push('stop');
    work.cancel();
  });

  const readInbox = (): void => {
    for (const message of inbox.splice(0))
      state = message === 'stop' ? decide.stop(state) : decide.receive(state, message);
  };
  const tell = (): void => {
    const account = decide.accountOf(state);
    const text = JSON.stringify(account);
    if (text !== told) upsertMemo({ [ACCOUNT]: account });
    told = text;
  };
  const pull = async (spaces: readonly string[]): Promise<void> => {
    const { definition, worker: last } = state;
    const { result, worker } = await activitiesOf(definition).pullSpaces(definition, spaces, last);
    state = { ...decide.afterPull(state, result, Date.now()), worker };
  };
  const list = async (): Promise<void> => {
    const { definition, worker: last } = state;
    const { result, worker } = await activitiesOf(definition).listSpaces(definition, last);
    state = { ...decide.afterList(state, result, Date.now()), worker };
  };

  for (;;) {
    readInbox();
    tell();
    if (workflowInfo().historyLength > MOST_EVENTS) await continueAsNew<typeof tenant>(state);
    const step = decide.nextStep(state, Date.now());
    if (step.type === 'wait') {
      const hasMail = (): boolean => inbox.length > 0;
      await (step.ms === undefined ? condition(hasMail) : condition(hasMail, step.ms));
      continue;
    }
    work = new CancellationScope();
    await work
      .run(() => (step.type === 'list' ? list() : pull(step.spaces)))
      .catch((error: unknown) => {
        if (!inbox.includes('stop')) throw error;
      });
  }
};

/** What a schedule starts: it asks the tenant's workflow for a round, and begins it where somebody has ended it. */
export const tick = async (definition: Definition): Promise<void> => {
  const request: decide.PullRequest = { definition, by: 'schedule' };
  const workflowId = idOf(definition.tenant);
  try {
    await getExternalWorkflowHandle(workflowId).signal(pullSignal, request);
  } catch {
    await startChild(tenant, {
      workflowId,
      args: [decide.receive(decide.newTenant(definition), request)],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  }
};
