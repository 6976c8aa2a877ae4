import { RateLimitWaitError } from '../../errors/rate-limit-wait-error.js';

/** Refuses a wait until `untilMs` for which there have been others since `sinceMs`; both in ms since the epoch. */
export const tooLongWait = (host: string, sinceMs: number, untilMs: number): RateLimitWaitError => {
  const seconds = Math.ceil((untilMs - sinceMs) / 1000);
  return new RateLimitWaitError(
    `The ${host} refuses requests for its rate limit: to wait until ${new Date(untilMs).toISOString()}, ${seconds} s in all, is longer than \`maxWaitMs\` allows.`,
    { hint: 'Run the same command again after that: what is mirrored by now is not fetched again.' },
  );
};
