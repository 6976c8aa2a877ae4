import type { Context } from '@temporalio/activity';
import { ActivityCancelledError, ActivityNotFoundError, ActivityPausedError } from '@temporalio/client';
import { type Beat, createLease, type Lease } from './lease.js';
import type { Heartbeat } from './slice-progress.js';

/** How long an answer is waited for, as a share of the time after which a silent worker is taken for dead. */
const ANSWER = 1 / 8;

/**
 * The lease of an activity that runs. The engine itself is asked, as the worker's own heartbeats do not tell whether they were
 * taken; those are sent, too, as the worker gives up an activity that sends none.
 */
export const engineLease = (context: Context, timeoutMs: number, heartbeat: () => Heartbeat): Lease => {
  const { client, info } = context;
  const beat = async (): Promise<Beat> => {
    const details = heartbeat();
    context.heartbeat(details);
    try {
      await client.withDeadline(Date.now() + timeoutMs * ANSWER, () =>
        client.activity.heartbeat(info.taskToken, details),
      );
      return 'taken';
    } catch (error) {
      if (error instanceof ActivityNotFoundError) return 'lost';
      const isCancelled = error instanceof ActivityCancelledError || error instanceof ActivityPausedError;
      return isCancelled ? 'cancelled' : 'unanswered';
    }
  };
  return createLease(beat, timeoutMs);
};
