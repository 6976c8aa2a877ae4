import { BehaviorSubject, type Observable, Subject } from 'rxjs';
import type { Gate } from '../confluence/gate.js';
import { createConcurrency, nextConcurrency } from '../core/concurrency.js';
import type { Lane, ResponseSample, RetryNotice } from '../core/lane.js';
import { EMPTY_LEDGER, enterPoints, pointsOf, reservedUntilMs } from '../core/points-ledger.js';
import { parseRateHeaders, type RateReading } from '../core/rate-limit.js';
import { refusalPauseMs } from '../core/refusal-pause.js';
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
  /** Named in what it tells, where it governs something else than the API. */
  readonly host?: 'media';
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
  #isStopping = false;
  readonly #refusals = new Map<Lane, number>();
  readonly #warned = new Set<string>();
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
      this.#holds.answered(sample.lane);
      this.#refusals.delete(sample.lane);
    }
    // The media host means the address by it, which has expired.
    if (sample.status === 401 && sample.lane !== 'media') this.#close();
    this.#account(sample, reading);
    this.#warn(reading);
    this.#adapt(sample, reading);
    this.#pump();
  }

  retry({ lane, attempt, delayMs, status, code }: RetryNotice): void {
    this.#stats.retries += 1;
    const cause = { ...(status !== undefined && { status }), ...(code !== undefined && { code }) };
    this.#notices.next({ type: 'retry.scheduled', lane, attempt, delayMs: Math.round(delayMs), ...cause });
  }

  /** From now on nobody waits for a hold to end: who does is refused. What need not wait still leaves. */
  stopHolding(): void {
    this.#isStopping = true;
    this.#pump();
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
    if (this.#isStopping) this.#refuseHeld();
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

  #refuseHeld(): void {
    const nowMs = this.#options.now();
    const error = new RateLimitWaitError('The run was stopped while it waited for the rate limit to pass.');
    for (const waiter of this.#queue.drain((lane) => this.#holds.untilMs(lane) > nowMs)) waiter.fail(error);
  }

  #refused(sample: ResponseSample, reading: RateReading): void {
    this.#stats.rateLimited += 1;
    const { atMs, lane } = sample;
    const refusals = (this.#refusals.get(lane) ?? 0) + 1;
    this.#refusals.set(lane, refusals);
    const isQuota = reading.reason === 'quota';
    const { random } = this.#options;
    const pauseMs = refusalPauseMs(reading, refusals, random);
    const jitterMs = random() * (isQuota ? 1_000 : 250);
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
    const sinceMs = this.#holds.hold(isLaneOnly ? lane : undefined, atMs, untilMs + jitterMs);
    if (untilMs - sinceMs > this.#options.maxWaitMs) this.#giveUp(untilMs);
    else if (untilMs + jitterMs > heldUntilMs)
      this.#notices.next({
        type: 'rate.paused',
        untilTs: new Date(untilMs + jitterMs).toISOString(),
        reason,
        ...(isLaneOnly && { lane }),
      });
  }

  #giveUp(untilMs: number): void {
    const error = new RateLimitWaitError(
      `The rate limit of the ${this.#options.host ?? 'wiki'} asks to wait until ${new Date(untilMs).toISOString()}, longer than --max-wait allows.`,
      { hint: 'Run the same command again after that: what is mirrored by now is not fetched again.' },
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

  /** Each once. */
  #warn({ nearLimit, beta }: RateReading): void {
    const warn = (code: string, message: string): void => {
      if (this.#warned.has(code)) return;
      this.#warned.add(code);
      this.#notices.next({ type: 'warning', code, message });
    };
    if (nearLimit === true)
      warn(
        'near-rate-limit',
        'Less than a fifth of the hourly rate limit is left; the pull goes on more slowly.',
      );
    if (beta?.nearLimit === true || beta?.retryAfterMs !== undefined)
      warn(
        'announced-rate-limit',
        'By a rate limit that the wiki announces and does not enforce yet, this pull would have to wait.',
      );
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
    const { host } = this.#options;
    this.#notices.next({ type: 'rate.changed', limit, previous, cause, ...(host && { lane: host }) });
  }
}
