import { createHash } from 'node:crypto';
import { ScheduleOverlapPolicy, type ScheduleUpdateOptions } from '@temporalio/client';
import type { Definition } from './definition.js';
import { durationMs } from './duration.js';
import { idOf, WORKFLOW, WORKFLOW_QUEUE } from './names.js';

/** Tenants with the same interval have their rounds spread over it: always the same place for the same name. */
const offsetOf = (tenant: string, everyMs: number): number =>
  createHash('sha256').update(tenant).digest().readUInt32BE(0) % everyMs;

const specOf = ({ tenant, every, cron, timezone }: Definition): ScheduleUpdateOptions['spec'] => {
  if (cron !== undefined) return { cronExpressions: [cron], ...(timezone !== undefined && { timezone }) };
  const everyMs = durationMs(every ?? '');
  return { intervals: [{ every: everyMs, offset: offsetOf(tenant, everyMs) }] };
};

/** A tenant's schedule. Its action carries the definition: what the engine knows of the tenant stands there only. */
export const scheduleOf = (definition: Definition): ScheduleUpdateOptions => ({
  spec: specOf(definition),
  action: {
    type: 'startWorkflow',
    workflowType: WORKFLOW.tick,
    workflowId: `${idOf(definition.tenant)}-tick`,
    taskQueue: WORKFLOW_QUEUE,
    args: [definition],
  },
  // A round that is asked for twice is one.
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' },
  state: { paused: false },
});
