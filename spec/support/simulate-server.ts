import {
  type ConcurrencyOptions,
  type ConcurrencySample,
  type ConcurrencyState,
  createConcurrency,
  nextConcurrency,
} from '../../lib/core/concurrency.js';

export interface ServerModel {
  readonly latencyMs: (active: number, index: number) => number;
  /** A token bucket: its size is one second's worth. Default: no limit. */
  readonly perSecond?: number;
  /** Whether answers carry the limit and what is left of it. */
  readonly tellsLimit?: boolean;
}

export interface Answer {
  readonly atMs: number;
  readonly status: number;
  readonly state: ConcurrencyState;
}

class TokenBucket {
  #tokens: number;
  #atMs = 0;

  constructor(readonly perSecond: number) {
    this.#tokens = perSecond;
  }

  get left(): number {
    return Math.floor(this.#tokens);
  }

  take(atMs: number): boolean {
    this.#tokens = Math.min(this.perSecond, this.#tokens + ((atMs - this.#atMs) * this.perSecond) / 1000);
    this.#atMs = atMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/**
 * Plays a client with endless work against a model of a server, in virtual milliseconds: it starts a request whenever
 * the cap and the pace allow, and feeds every answer to the controller. Returns the answers in order.
 */
export const simulateServer = (
  options: ConcurrencyOptions,
  server: ServerModel,
  durationMs: number,
): readonly Answer[] => {
  const bucket = new TokenBucket(server.perSecond ?? Number.MAX_SAFE_INTEGER);
  const answers: Answer[] = [];
  let state = createConcurrency(options);
  let flight: ConcurrencySample[] = [];
  let nextStartMs = 0;
  let index = 0;
  for (let nowMs = 0; nowMs < durationMs; nowMs += 1) {
    for (const sample of flight.filter(({ atMs }) => atMs <= nowMs)) {
      state = nextConcurrency(state, sample);
      answers.push({ atMs: nowMs, status: sample.status ?? 0, state });
    }
    flight = flight.filter(({ atMs }) => atMs > nowMs);
    while (flight.length < state.limit && nowMs >= nextStartMs) {
      const latencyMs = Math.max(1, Math.round(server.latencyMs(flight.length + 1, index)));
      const status = bucket.take(nowMs) ? 200 : 429;
      flight.push({
        lane: 'pages',
        startedAtMs: nowMs,
        atMs: nowMs + latencyMs,
        latencyMs,
        status,
        ...(server.tellsLimit && { burst: { limit: bucket.perSecond, remaining: bucket.left } }),
      });
      nextStartMs = Math.max(nowMs, nextStartMs) + state.minIntervalMs;
      index += 1;
    }
  }
  return answers;
};
