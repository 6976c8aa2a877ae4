import type { Kind } from '../events/events.js';
import { CredentialsError } from '../errors/credentials-error.js';
import { isHttpError } from '../errors/http-error.js';
import { isRxsyncError } from '../errors/rxsync-error.js';
import { RateLimitWaitError } from '../errors/rate-limit-wait-error.js';
import { StoreError } from '../errors/store-error.js';
import { UnreachableError } from '../errors/unreachable-error.js';
import type { Step } from './step.js';

export interface Subject {
  readonly kind: Kind;
  readonly id: string;
  readonly title: string;
}

/** True for what no other item would fare better with: the run ends. Everything else fails its item only. */
export const isFatal = (error: unknown): boolean =>
  error instanceof CredentialsError ||
  error instanceof StoreError ||
  error instanceof RateLimitWaitError ||
  (error instanceof UnreachableError && error.isOffline) ||
  !isRxsyncError(error);

/** The step that reports an item as failed. */
export const failedStep = ({ kind, id, title }: Subject, error: unknown): Step => {
  const status = isHttpError(error) ? error.status : undefined;
  const failed = {
    kind,
    id,
    title,
    code: isRxsyncError(error) ? error.code : 'unknown',
    ...(status !== undefined && { status }),
    message: error instanceof Error ? error.message : String(error),
  };
  const event = { type: 'item.failed', ...failed, retryable: true, attempts: 1 } as const;
  return { type: 'outcome', kind, result: 'failed', failed, event };
};
