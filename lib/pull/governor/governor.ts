import { BehaviorSubject, type Observable, Subject } from 'rxjs';
import type { Admission, Gate } from '../../confluence/gate.js';
import { createConcurrency, nextConcurrency } from '../../core/concurrency.js';
import type { RequestLane, ResponseSample } from '../../core/request-lane.js';
import { EMPTY_LEDGER, enterPoints, pointsOf, reservedUntilMs } from '../../core/points-ledger.js';
import { parseRateHeaders, type RateReading } from '../../core/rate-limit.js';
import { rateWarnings } from '../../core/rate-warnings.js';
import { refusalPauseMs } from '../../core/refusal-pause.js';
import type { CredentialsError } from '../../errors/credentials-error.js';
import { RateLimitWaitError } from '../../errors/rate-limit-wait-error.js';
import type { RxsyncError } from '../../errors/rxsync-error.js';
import type { EventBody } from '../../events/events.js';
import type { GovernorOptions } from './governor-options.js';
import { type Held, Holds } from './holds.js';
import { WaitingLine, type Waiter } from './waiting-line.js';
import { Resting } from './resting.js';
import { tooLongWait } from './too-long-wait.js';

interface Pause {
  readonly untilMs: number;
  /** On top of `untilMs`, so that clients that wait for the same moment do not come back together. */
  readonly jitterMs: number;
  readonly reason: 'quota' | 'quota-reserve' | 'burst' | 'unavailable';
}

interface GovernedAdmission extends Admission {
  /** Whose request it is: they stop and go one by one. */
  readonly party?: object;
}

/** Why no request (of a lane) may leave, and until when. */
interface GivenUp {
  readonly reason: RxsyncError;
  readonly untilMs: number;
}

/**
 * The one place that decides when an API request may leave: it keeps their number below a cap, spaces them, and holds
 * them while the wiki says so. It learns from every answer. One per wiki, shared by all that ask it.
 */
export class Governor implements Pick<Gate, 'admit' | 'sample' | 'verdict'> {
  readonly #options: GovernorOptions;
  readonly #queue = new WaitingLine();
  readonly #holds = new Holds();
  readonly #notices = new Subject<EventBody>();
  readonly #limit: BehaviorSubject<number>;
  #concurrency: ReturnType<typeof createConcurrency>;
  #ledger = EMPTY_LEDGER;
  #active = 0;
  #nextStartMs = 0;
  /** Those that wait for no hold any more. */
  readonly #stopping = new Set<object>();
  readonly #refusals = new Map<RequestLane, number>();
  readonly #warned = new Set<string>();
  /** A hold outlasts `maxWaitMs`, or the credentials were refused. */
  readonly #givenUp = new Map<Held, GivenUp>();
  readonly #resting = new Resting();
  /** A 401 came, and nobody knows yet whether the credentials are refused. */
  #isInDoubt = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: GovernorOptions) {
    this.#options = options;
    this.#concurrency = createConcurrency({ start: options.start, max: options.max });
    this.#limit = new BehaviorSubject(this.#concurrency.limit);
  }

  /** The cap of requests in flight; the latest one first. */
  get limit$(): Observable<number> {
    return this.#limit;
  }

  /** `rate.changed`, `rate.paused` and warnings. */
  get notices$(): Observable<EventBody> {
    return this.#notices;
  }

  get limit(): number {
    return this.#concurrency.limit;
  }

  /** @throws RateLimitWaitError (as a rejection) when a hold outlasts `maxWaitMs` */
  admit(lane: RequestLane, { signal, notBeforeMs = 0, party }: GovernedAdmission = {}): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve(this.#release());
      };
      const waiter: Waiter = { lane, party, start, fail: reject };
      const abort = (): void => {
        this.#queue.remove(waiter);
        this.#resting.remove(waiter);
        reject(new DOMException('The request was cancelled before it left.', 'AbortError'));
      };
      if (signal?.aborted) {
        abort();
        return;
      }
      signal?.addEventListener('abort', abort, { once: true });
      const restMs = notBeforeMs - this.#options.now();
      if (restMs > 0 && !this.#isStopping(waiter))
        this.#resting.add(waiter, restMs, () => this.#enqueue(waiter));
      else this.#enqueue(waiter);
    });
  }

  sample(sample: ResponseSample): void {
    const reading = parseRateHeaders(sample.headers, sample.atMs);
    const { status = 0, lane } = sample;
    if (status === 429) this.#refused(sample, reading);
    else if (status >= 500 && reading.retryAfterMs !== undefined) this.#unavailable(sample, reading);
    else if (status > 0) {
      this.#holds.answered(lane);
      this.#refusals.delete(lane);
    }
    // The media host means the address by it, which has expired.
    if (status === 401 && lane !== 'media' && lane !== 'identity') this.#isInDoubt = true;
    this.#account(sample, reading);
    this.#warn(reading);
    this.#adapt(sample, reading);
    this.#pump();
  }

  verdict(refused: CredentialsError | undefined): void {
    if (!this.#isInDoubt && refused === undefined) return;
    this.#isInDoubt = false;
    if (refused) this.#giveUp(undefined, { reason: refused, untilMs: Infinity });
    this.#pump();
  }

  /** From now on this party waits for no hold to end: it is refused. What need not wait still leaves. */
  stopHolding(party: object): void {
    this.#stopping.add(party);
    this.#pump();
  }

  /** Lets go of a party: its waiting requests are refused with `reason`. */
  dismiss(party: object, reason: unknown): void {
    this.#stopping.delete(party);
    this.#fail((waiter) => waiter.party === party, reason);
    this.#pump();
  }

  #enqueue(waiter: Waiter): void {
    const nowMs = this.#options.now();
    const givenUp = [undefined, waiter.lane].flatMap((held) => this.#givenUp.get(held) ?? []);
    const barred = givenUp.find(({ untilMs }) => untilMs > nowMs);
    if (barred) {
      waiter.fail(barred.reason);
      return;
    }
    this.#queue.add(waiter);
    this.#pump();
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
    if (this.#stopping.size > 0) this.#refuseHeld();
    while (this.#active < this.#concurrency.limit) {
      const nowMs = this.#options.now();
      if (nowMs < this.#nextStartMs) break;
      const waiter = this.#queue.take((lane) => this.#mayLeave(lane) && this.#holds.untilMs(lane) <= nowMs);
      if (waiter === undefined) break;
      this.#active += 1;
      this.#nextStartMs = Math.max(nowMs, this.#nextStartMs) + this.#concurrency.minIntervalMs;
      waiter.start();
    }
    this.#wakeUpInTime();
  }

  #mayLeave(lane: RequestLane): boolean {
    return !this.#isInDoubt || lane === 'identity';
  }

  /** Sets the timer for the first moment at which a waiting request may leave. */
  #wakeUpInTime(): void {
    clearTimeout(this.#timer);
    const lanes = this.#queue.waiting().filter((lane) => this.#mayLeave(lane));
    if (lanes.length === 0 || this.#active >= this.#concurrency.limit) return;
    const atMs = Math.max(this.#nextStartMs, Math.min(...lanes.map((lane) => this.#holds.untilMs(lane))));
    this.#timer = setTimeout(() => this.#pump(), Math.max(1, atMs - this.#options.now()));
  }

  #refuseHeld(): void {
    const nowMs = this.#options.now();
    const error = new RateLimitWaitError('The run was stopped while a request waited for its turn.');
    const isStopping = (waiter: Waiter): boolean => this.#isStopping(waiter);
    const held = this.#queue.drain(
      (waiter) => isStopping(waiter) && this.#holds.untilMs(waiter.lane) > nowMs,
    );
    for (const waiter of [...this.#resting.drain(isStopping), ...held]) waiter.fail(error);
  }

  #isStopping({ party }: Waiter): boolean {
    return party !== undefined && this.#stopping.has(party);
  }

  #refused(sample: ResponseSample, reading: RateReading): void {
    const { atMs, lane } = sample;
    const refusals = (this.#refusals.get(lane) ?? 0) + 1;
    this.#refusals.set(lane, refusals);
    const isQuota = reading.reason === 'quota';
    const { random } = this.#options;
    const pauseMs = refusalPauseMs(reading, refusals, random);
    const jitterMs = random() * (isQuota ? 1_000 : 250);
    this.#pause(atMs, { untilMs: atMs + pauseMs, jitterMs, reason: isQuota ? 'quota' : 'burst' }, lane);
  }

  /** The wiki is down, or too busy, and says for how long: a wait like that of a rate limit. */
  #unavailable({ atMs, lane }: ResponseSample, { retryAfterMs = 0 }: RateReading): void {
    if (retryAfterMs > 0)
      this.#pause(atMs, { untilMs: atMs + retryAfterMs, jitterMs: 0, reason: 'unavailable' }, lane);
  }

  /** Enters what the answer cost, and holds everything once the rest of the hour's points is for others. */
  #account({ lane, objects = 0, atMs }: ResponseSample, { quota }: RateReading): void {
    this.#ledger = enterPoints(this.#ledger, { atMs, points: pointsOf(lane, objects), quota });
    const untilMs = reservedUntilMs(this.#ledger, this.#options.quotaReserve);
    if (untilMs !== undefined) this.#pause(atMs, { untilMs, jitterMs: 0, reason: 'quota-reserve' }, lane);
  }

  #pause(atMs: number, { untilMs, jitterMs, reason }: Pause, lane: RequestLane): void {
    const isLaneOnly = reason === 'burst' || reason === 'unavailable';
    const held = isLaneOnly ? lane : undefined;
    const heldUntilMs = this.#holds.untilMs(lane);
    const sinceMs = this.#holds.hold(held, atMs, untilMs + jitterMs);
    if (untilMs - sinceMs > this.#options.maxWaitMs)
      this.#giveUp(held, { reason: tooLongWait(this.#options.host ?? 'wiki', sinceMs, untilMs), untilMs });
    else if (untilMs + jitterMs > heldUntilMs)
      this.#notices.next({
        type: 'rate.paused',
        untilTs: new Date(untilMs + jitterMs).toISOString(),
        reason,
        ...(isLaneOnly && { lane }),
      });
  }

  /** Nothing leaves until then, on one lane or at all: who waits is refused. */
  #giveUp(held: Held, givenUp: GivenUp): void {
    if (givenUp.untilMs > (this.#givenUp.get(held)?.untilMs ?? 0)) this.#givenUp.set(held, givenUp);
    this.#fail(({ lane }) => held === undefined || lane === held, givenUp.reason);
  }

  #fail(isMeant: (waiter: Waiter) => boolean, reason: unknown): void {
    for (const waiter of [...this.#resting.drain(isMeant), ...this.#queue.drain(isMeant)])
      waiter.fail(reason);
  }

  /** Each once. */
  #warn(reading: RateReading): void {
    for (const warning of rateWarnings(reading)) {
      if (this.#warned.has(warning.code)) continue;
      this.#warned.add(warning.code);
      this.#notices.next({ type: 'warning', ...warning });
    }
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
