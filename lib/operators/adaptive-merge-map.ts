import {
  Observable,
  type ObservableInput,
  type Observer,
  type OperatorFunction,
  type Subscriber,
  Subscription,
  defer,
  take,
} from 'rxjs';
import { checkFunction, checkObject, checkObservable, checkObserver } from '../errors/check-argument.js';
import { attach } from './attach.js';
import { Fifo } from './fifo.js';

/** The cap of `adaptiveMergeMap`, its end before its time, and what it tells of its room. */
export interface AdaptiveMergeMapConfig {
  /**
   * How many inner Observables may be active. Raising it starts waiting items at once, lowering it lets active ones
   * finish. 1 before its first value; values below 1 count as 1, fractions are cut; once it completes the last value
   * stays.
   */
  readonly limit$: Observable<number>;
  /**
   * Its first value drains the lane: waiting items are dropped, the source is unsubscribed, active inner Observables
   * finish, then the result completes. Completing without a value changes nothing.
   */
  readonly drain$?: Observable<unknown>;
  /**
   * Told `true` when fewer items are waiting and active than the limit allows, `false` when there are enough; only on
   * a change. It is a level, not an event: made for the `demand$` of `expandCursor$`.
   */
  readonly demand?: Pick<Observer<boolean>, 'next'>;
}

/**
 * Returns an Observable that maps each source value to an inner Observable and merges their values, as `mergeMap`
 * does, with a concurrency that follows `limit$` while it runs. Items start in source order. An error of the source,
 * an inner Observable, `limit$`, `drain$` or `project` ends the result and unsubscribes all others.
 *
 * @example
 * import { of, range, timer, map } from 'rxjs';
 * import { adaptiveMergeMap } from 'rxsync/operators';
 *
 * const work$ = (n) => timer(1).pipe(map(() => n * n));
 * range(1, 3).pipe(adaptiveMergeMap(work$, { limit$: of(2) })).subscribe(console.log);
 * // prints 1
 * // prints 4
 * // prints 9
 */
export const adaptiveMergeMap = <T, R>(
  project: (value: T, index: number) => ObservableInput<R>,
  config: AdaptiveMergeMapConfig,
): OperatorFunction<T, R> => {
  checkFunction('project', project);
  checkObject('config', config);
  const { limit$, drain$, demand } = config;
  checkObservable('limit$', limit$);
  if (drain$ !== undefined) checkObservable('drain$', drain$);
  if (demand !== undefined) checkObserver('demand', demand);
  return (source) =>
    new Observable((subscriber) => {
      new AdaptiveMerge(subscriber, project, demand).run(source, config);
    });
};

class AdaptiveMerge<T, R> {
  readonly #subscriber: Subscriber<R>;
  readonly #project: (value: T, index: number) => ObservableInput<R>;
  readonly #demand: Pick<Observer<boolean>, 'next'> | undefined;
  readonly #intake = new Subscription();
  readonly #waiting = new Fifo<T>();
  #limit = 1;
  #active = 0;
  #index = 0;
  #starting = false;
  #wanted: boolean | undefined;

  constructor(
    subscriber: Subscriber<R>,
    project: (value: T, index: number) => ObservableInput<R>,
    demand: Pick<Observer<boolean>, 'next'> | undefined,
  ) {
    this.#subscriber = subscriber;
    this.#project = project;
    this.#demand = demand;
  }

  run(source: Observable<T>, { limit$, drain$ }: AdaptiveMergeMapConfig): void {
    const error = (reason: unknown): void => this.#subscriber.error(reason);
    this.#subscriber.add(this.#intake);
    attach(limit$, this.#subscriber, { next: (limit) => this.#setLimit(limit), error });
    if (drain$) attach(drain$.pipe(take(1)), this.#subscriber, { next: () => this.#drain(), error });
    if (this.#intake.closed) return;
    attach(source, this.#intake, {
      next: (value) => this.#enqueue(value),
      error,
      complete: () => this.#endIntake(),
    });
    this.#tellDemand();
  }

  #setLimit(limit: number): void {
    this.#limit = limit >= 1 ? Math.floor(limit) : 1;
    this.#tellDemand();
    this.#startWaiting();
  }

  #enqueue(value: T): void {
    this.#waiting.push(value);
    this.#tellDemand();
    this.#startWaiting();
  }

  #drain(): void {
    this.#waiting.clear();
    this.#endIntake();
  }

  #endIntake(): void {
    this.#intake.unsubscribe();
    this.#tellDemand();
    this.#completeWhenDone();
  }

  /** A loop, never a recursion: inner Observables that end while they start would overflow the stack. */
  #startWaiting(): void {
    if (this.#starting) return;
    this.#starting = true;
    while (this.#active < this.#limit && !this.#subscriber.closed) {
      const entry = this.#waiting.shift();
      if (entry === undefined) break;
      this.#start(entry.value);
    }
    this.#starting = false;
    this.#completeWhenDone();
  }

  #start(value: T): void {
    let completed = false;
    this.#active += 1;
    attach(
      defer(() => this.#project(value, this.#index++)),
      this.#subscriber,
      {
        next: (result) => this.#subscriber.next(result),
        error: (reason: unknown) => this.#subscriber.error(reason),
        complete: () => {
          completed = true;
        },
      },
    ).add(() => {
      // The slot is free only after the inner Observable's own teardown.
      if (completed) this.#release();
    });
  }

  #release(): void {
    this.#active -= 1;
    this.#tellDemand();
    this.#startWaiting();
  }

  #tellDemand(): void {
    const wanted = !this.#intake.closed && this.#waiting.size + this.#active < this.#limit;
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#demand?.next(wanted);
  }

  #completeWhenDone(): void {
    if (this.#intake.closed && this.#active === 0 && this.#waiting.size === 0) this.#subscriber.complete();
  }
}
