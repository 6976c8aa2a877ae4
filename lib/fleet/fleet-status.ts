import type { EngineTenant } from './engine.js';
import type { Account } from './tenant-state.js';

/** A tenant as `status` tells it. */
export interface TenantStatus extends Omit<Account, 'due' | 'heldUntil' | 'failing'> {
  readonly tenant: string;
  /** Spaces that a worker pulls now: items done and to do, as far as known. */
  readonly running: readonly { readonly space: string; readonly done: number; readonly total: number }[];
  /** Spaces still to be pulled in this round, beside those that run. */
  readonly waiting: number;
  /** Some of those that have failed; `at` is when each is tried again, ISO 8601. */
  readonly failing: readonly {
    readonly space: string;
    readonly code: string;
    readonly message: string;
    readonly attempts: number;
    readonly at: string;
  }[];
  /** ISO 8601; null while it is paused. */
  readonly nextRun: string | null;
  /** ISO 8601; absent unless the wiki asks to wait. */
  readonly heldUntil?: string;
}

const NONE: Account = { spaces: 0, fresh: 0, due: 0, failed: 0, failing: [] };

const NOT_AT_WORK = { code: 'no-workflow', message: 'its workflow has ended: apply the fleet file' };

export const tenantStatus = (
  { tenant, nextRun, isAtWork, account = NONE, running }: EngineTenant,
  nowMs: number,
): TenantStatus => {
  const { due, failing, heldUntil = 0, ...counts } = account;
  const now = running?.running ?? [];
  // What this slice has done is not yet told by the workflow.
  const done = running?.results ?? [];
  const fresh = done.filter(({ problem }) => problem === undefined).length;
  const paused = isAtWork ? account.paused : NOT_AT_WORK;
  const points = running?.points ?? account.points;
  return {
    ...counts,
    tenant,
    fresh: counts.fresh + fresh,
    failed: counts.failed + done.length - fresh,
    running: now,
    waiting: Math.max(0, due - done.length - now.length),
    failing: failing.map(({ at, ...each }) => ({ ...each, at: new Date(at).toISOString() })),
    nextRun: paused === undefined && nextRun !== undefined ? nextRun.toISOString() : null,
    ...(paused && { paused }),
    ...(points !== undefined && { points }),
    ...(heldUntil > nowMs && { heldUntil: new Date(heldUntil).toISOString() }),
  };
};
