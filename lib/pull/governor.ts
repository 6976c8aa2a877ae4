import { BehaviorSubject, type Observable, Subject } from 'rxjs';
import type { Gate } from '../confluence/gate.js';
import { fullJitterMs } from '../core/backoff.js';
import { createConcurrency, nextConcurrency } from '../core/concurrency.js';
import type { Lane, ResponseSample, RetryNotice } from '../core/lane.js';
import { EMPTY_LEDGER, enterPoints, pointsOf, reservedUntilMs } from '../core/points-ledger.js';
import { parseRateHeaders, type RateReading } from '../core/rate-limit.js';
import { CredentialsError } from '../errors/credentials-error.js';
import { RateLimitWaitError } from '../errors/rate-limit-wait-error.js';
import type { RxsyncError } from '../errors/rxsync-error.js';
import type { EventBody } from '../events/events.js';
import { Holds } from './holds.js';
import { LaneQueue, type Waiter } from './lane-queue.js';

export interface GovernorOptions {
  /** Requests in flight to start with. */
  readonly start: number;
  readonly max: number;
  /** Longest wait on rate limits without any answer in between. */
  readonly maxWaitMs: number;
  /** Percent of an hourly points quota that is left to others. */
  readonly quotaReserve: number;
  readonly now: () => number;
  readonly random: () => number;
}

interface Pause {
  readonly untilMs: number;
  /** On top of `untilMs`, so that clients that wait for the same moment do not come back together. */
  readonly jitterMs: number;
  readonly reason: 'quota' | 'quota-reserve' | 'burst';
}

export interface GovernorStats {
  readonly requests: number;
  readonly retries: number;
  readonly rateLimited: number;
  readonly concurrency: number;
}

const BURST_BASE_MS = 1_000;
const BURST_CAP_MS = 30_000;
/** A quota that does not say when it is full again is asked again after this long. */
const QUOTA_PAUSE_MS = 60_000;
/** Timers reach no further; after it the wiki is asked again. */
const MAX_PAUSE_MS = 2 ** 31 - 1;

/**
 * The one place that decides when an API request may leave: it keeps their number below a cap, spaces them, and holds
 * them while the wiki says so. It learns from every answer. One per pull.
 */
export class Governor implements Gate {
  readonly #options: GovernorOptions;
  readonly #queue = new LaneQueue();
  readonly #holds = new Holds();
  readonly #notices = new Subject<EventBody>();
  readonly #limit: BehaviorSubject<number>;
  #concurrency: ReturnType<typeof createConcurrency>;
  #ledger = EMPTY_LEDGER;
  #active = 0;
  #nextStartMs = 0;
  #pausedSinceMs: number | undefined;
  #refusals = 0;
  #warned = false;
  /** Why no request may leave any more: a hold outlasts `maxWaitMs`, or the credentials were refused. */
  #givenUp: RxsyncError | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stats = { requests: 0, retries: 0, rateLimited: 0 };

  constructor(options: GovernorOptions) {
    this.#options = options;
    this.#concurrency = createConcurrency({ start: options.start, max: options.max });
    this.#limit = new BehaviorSubject(this.#concurrency.limit);
  }

  /** The cap of requests in flight; the latest one first. */
  get limit$(): Observable<number> {
    return this.#limit;
  }

  /** `rate.changed`, `rate.paused`, `retry.scheduled` and warnings. */
  get notices$(): Observable<EventBody> {
    return this.#notices;
  }

  get stats(): GovernorStats {
    return { ...this.#stats, concurrency: this.#concurrency.limit };
  }

  /** @throws RateLimitWaitError (as a rejection) when a hold outlasts `maxWaitMs` */
  admit(lane: Lane, signal?: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve(this.#release());
      };
      const waiter: Waiter = { lane, start, fail: reject };
      const abort = (): void => {
        this.#queue.remove(waiter);
        reject(new DOMException('The request was cancelled before it left.', 'AbortError'));
      };
      if (signal?.aborted) {
        abort();
        return;
      }
      if (this.#givenUp) {
        reject(this.#givenUp);
        return;
      }
      signal?.addEventListener('abort', abort, { once: true });
      this.#queue.add(waiter);
      this.#pump();
    });
  }

  sample(sample: ResponseSample): void {
    this.#stats.requests += 1;
    const reading = parseRateHeaders(sample.headers, sample.atMs);
    if (sample.status === 429) this.#refused(sample, reading);
    else if (sample.status !== undefined) {
      this.#pausedSinceMs = undefined;
      this.#refusals = 0;
    }
    if (sample.status === 401) this.#close();
    this.#account(sample, reading);
    this.#warnNearLimit(reading);
    this.#adapt(sample, reading);
    this.#pump();
  }

  retry({ lane, attempt, delayMs, status, code }: RetryNotice): void {
    this.#stats.retries += 1;
    const cause = { ...(status !== undefined && { status }), ...(code !== undefined && { code }) };
    this.#notices.next({ type: 'retry.scheduled', lane, attempt, delayMs: Math.round(delayMs), ...cause });
  }

  /** Lets go of everything: waiting requests are refused with `reason`. */
  dispose(reason: unknown): void {
    clearTimeout(this.#timer);
    this.#failAll(reason);
  }

  #release(): () => void {
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#active -= 1;
      this.#pump();
    };
  }

  #pump(): void {
    if (this.#givenUp) return;
    while (this.#active < this.#concurrency.limit) {
      const nowMs = this.#options.now();
      if (nowMs < this.#nextStartMs) break;
      const waiter = this.#queue.take((lane) => this.#holds.untilMs(lane) <= nowMs);
      if (waiter === undefined) break;
      this.#active += 1;
      this.#nextStartMs = Math.max(nowMs, this.#nextStartMs) + this.#concurrency.minIntervalMs;
      waiter.start();
    }
    this.#wakeUpInTime();
  }

  /** Sets the timer for the first moment at which a waiting request may leave. */
  #wakeUpInTime(): void {
    clearTimeout(this.#timer);
    const lanes = this.#queue.waiting();
    if (lanes.length === 0 || this.#active >= this.#concurrency.limit) return;
    const atMs = Math.max(this.#nextStartMs, Math.min(...lanes.map((lane) => this.#holds.untilMs(lane))));
    this.#timer = setTimeout(() => this.#pump(), Math.max(1, atMs - this.#options.now()));
  }

  #refused(sample: ResponseSample, reading: RateReading): void {
    this.#stats.rateLimited += 1;
    this.#refusals += 1;
    const { atMs, lane } = sample;
    const isQuota = reading.reason === 'quota';
    const pauseMs = Math.min(this.#pauseMs(reading, atMs), MAX_PAUSE_MS);
    const jitterMs = this.#options.random() * (isQuota ? 1_000 : 250);
    this.#pause(atMs, { untilMs: atMs + pauseMs, jitterMs, reason: isQuota ? 'quota' : 'burst' }, lane);
  }

  /** Enters what the answer cost, and holds everything once the rest of the hour's points is for others. */
  #account({ lane, objects = 0, atMs }: ResponseSample, { quota }: RateReading): void {
    this.#ledger = enterPoints(this.#ledger, { atMs, points: pointsOf(lane, objects), quota });
    const untilMs = reservedUntilMs(this.#ledger, this.#options.quotaReserve);
    if (untilMs !== undefined) this.#pause(atMs, { untilMs, jitterMs: 0, reason: 'quota-reserve' }, lane);
  }

  #pause(atMs: number, { untilMs, jitterMs, reason }: Pause, lane: Lane): void {
    const isLaneOnly = reason === 'burst';
    const heldUntilMs = this.#holds.untilMs(lane);
    this.#pausedSinceMs ??= atMs;
    this.#holds.hold(isLaneOnly ? lane : undefined, untilMs + jitterMs);
    if (untilMs - this.#pausedSinceMs > this.#options.maxWaitMs) this.#giveUp(untilMs);
    else if (untilMs + jitterMs > heldUntilMs)
      this.#notices.next({
        type: 'rate.paused',
        untilTs: new Date(untilMs + jitterMs).toISOString(),
        reason,
        ...(isLaneOnly && { lane }),
      });
  }

  /** What the wiki tells; a refusal that tells nothing, or a moment that has passed, waits longer each time. */
  #pauseMs({ retryAfterMs = 0, burst, quota, reason }: RateReading, atMs: number): number {
    const { random } = this.#options;
    const resetMs = Math.max(0, (burst?.resetAtMs ?? atMs) - atMs);
    const told = Math.max(retryAfterMs, reason === 'quota' ? (quota?.resetMs ?? 0) : 0) || resetMs;
    if (told > 0) return told;
    if (reason === 'quota') return QUOTA_PAUSE_MS;
    return (
      BURST_BASE_MS / 2 + fullJitterMs(this.#refusals, { baseMs: BURST_BASE_MS, capMs: BURST_CAP_MS, random })
    );
  }

  #giveUp(untilMs: number): void {
    const error = new RateLimitWaitError(
      `The wiki's rate limit asks to wait until ${new Date(untilMs).toISOString()}, longer than --max-wait allows.`,
      { hint: 'A checkpoint is saved: run the same command again later and it continues where it stopped.' },
    );
    this.#givenUp = error;
    this.#failAll(error);
  }

  /** Repeated tries with refused credentials lock the account: nothing leaves any more. */
  #close(): void {
    this.#givenUp ??= new CredentialsError('The wiki has refused the credentials; nothing more is sent.');
    clearTimeout(this.#timer);
    // The refused request itself knows more, so it is heard first.
    this.#timer = setTimeout(() => this.#failAll(this.#givenUp));
  }

  #failAll(reason: unknown): void {
    for (const waiter of this.#queue.drain()) waiter.fail(reason);
  }

  #warnNearLimit({ nearLimit }: RateReading): void {
    if (nearLimit !== true || this.#warned) return;
    this.#warned = true;
    this.#notices.next({
      type: 'warning',
      code: 'near-rate-limit',
      message: 'Less than a fifth of the hourly rate limit is left; the pull goes on more slowly.',
    });
  }

  #adapt(sample: ResponseSample, { nearLimit, burst }: RateReading): void {
    const previous = this.#concurrency.limit;
    this.#concurrency = nextConcurrency(this.#concurrency, {
      lane: sample.lane,
      startedAtMs: sample.startedAtMs,
      atMs: sample.atMs,
      latencyMs: sample.atMs - sample.startedAtMs,
      busyMs: sample.busyMs ?? 0,
      status: sample.status,
      nearLimit: nearLimit ?? false,
      rateLimited: sample.status === 429,
      burst,
    });
    const { limit, cause } = this.#concurrency;
    if (limit === previous) return;
    this.#limit.next(limit);
    this.#notices.next({ type: 'rate.changed', limit, previous, cause });
  }
}
