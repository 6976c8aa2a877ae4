import type { MiddlewareHandler } from 'hono';

import { type ApiContext, type ApiEnv, isGateway } from '../http/api.js';
import type { ResolvedOptions } from '../options.js';
import type { WikiClock } from '../wiki/wiki-clock.js';
import { type PointsLedger, createPointsLedger } from './points-ledger.js';
import { type TokenBucket, createTokenBucket } from './token-bucket.js';

export interface TooMany {
  readonly reason: string;
  /** Value of `Retry-After`, in seconds; absent: no such header. */
  readonly retryAfterSeconds?: number;
  /** When the limit ends by the wiki's clock, milliseconds since the epoch. */
  readonly resetAt: number;
}

/** A 429 answer with the headers of its kind. */
export const tooManyRequests = (c: ApiContext, { reason, retryAfterSeconds, resetAt }: TooMany): Response => {
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds));
  c.header('RateLimit-Reason', reason);
  c.header('X-RateLimit-Remaining', '0');
  c.header('X-RateLimit-Reset', new Date(resetAt).toISOString());
  return c.json({ code: 429, message: 'Rate limit exceeded' }, 429);
};

/** Answers 429 once the bucket is empty; otherwise tells what is left of this second. */
export const burstLimit = (rps: number, timer: () => number, clock: WikiClock): MiddlewareHandler<ApiEnv> => {
  const bucket: TokenBucket = createTokenBucket(rps, timer);
  return async (c, next) => {
    c.header('X-RateLimit-Limit', String(rps));
    const reason = 'confluence-burst-based';
    if (!bucket.take())
      return tooManyRequests(c, { reason, retryAfterSeconds: 1, resetAt: clock.now() + 1000 });
    await next();
    c.header('X-RateLimit-Remaining', String(bucket.remaining()));
  };
};

const POLICY = '"tenant-app-quota"';

const quotaHeaders = (c: ApiContext, ledger: PointsLedger, hourMs: number): void => {
  const remaining = ledger.remaining();
  const isNear = remaining < ledger.quota / 5;
  const left = isNear ? `r=${remaining};` : '';
  c.header('RateLimit-Policy', `${POLICY};q=${ledger.quota};w=${Math.ceil(hourMs / 1000)}`);
  c.header('RateLimit', `${POLICY};${left}t=${ledger.secondsToReset()}`);
  if (isNear) c.header('X-RateLimit-NearLimit', 'true');
};

/** Answers 429 from when the hour's points are spent until the hour ends. */
export const quotaLimit = (
  options: ResolvedOptions,
  quota: number,
  clock: WikiClock,
): MiddlewareHandler<ApiEnv> => {
  const ledger = createPointsLedger(quota, options.hourMs, options.timer);
  return async (c, next) => {
    const seconds = ledger.secondsToReset();
    if (ledger.remaining() === 0) {
      quotaHeaders(c, ledger, options.hourMs);
      const reason = 'confluence-quota-tenant-based';
      return tooManyRequests(c, {
        reason,
        retryAfterSeconds: seconds,
        resetAt: clock.now() + seconds * 1000,
      });
    }
    await next();
    ledger.spend(1 + (c.var.points ?? 0));
    quotaHeaders(c, ledger, options.hourMs);
  };
};

/** Where no quota is enforced, bearer tokens are told in `Beta-` headers of the one that would be. */
export const announcedQuota: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  if (!isGateway(c)) return;
  c.header('Beta-RateLimit-Policy', '"global-app-quota";q=65000;w=3600');
  c.header('Beta-RateLimit', '"global-app-quota";t=3600');
};
