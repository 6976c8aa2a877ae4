import { setTimeout as sleep } from 'node:timers/promises';

import type { MiddlewareHandler } from 'hono';

import { createPrng, hash32 } from '../data/prng.js';
import type { ResolvedOptions } from '../options.js';
import type { WikiClock } from '../wiki/wiki-clock.js';
import type { ApiEnv } from './api.js';

/** Holds every answer back by `latencyMs`, give or take a quarter, and dates it with the wiki's clock. */
export const timing = ({ latencyMs, seed }: ResolvedOptions, clock: WikiClock): MiddlewareHandler<ApiEnv> => {
  const prng = createPrng(hash32(seed, 'latency'));
  return async (c, next) => {
    if (latencyMs > 0) await sleep(latencyMs * (0.75 + prng.next() / 2));
    await next();
    c.header('Date', new Date(clock.now()).toUTCString());
  };
};
