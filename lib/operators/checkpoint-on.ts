import {
  type MonoTypeOperatorFunction,
  Observable,
  type ObservableInput,
  type Subscriber,
  Subscription,
  defer,
} from 'rxjs';
import { attach } from './attach.js';

/** How `checkpointOn` saves. */
export interface CheckpointOnConfig {
  /**
   * Stores what has been done so far; `isLast` once the source has ended. Runs one at a time; done when it completes, its
   * values do not matter.
   */
  readonly save: (isLast: boolean) => ObservableInput<unknown>;
}

/**
 * Returns an Observable that mirrors the source and runs `save` on each value of `trigger$`, one at a time: however
 * many triggers come during a save, one more save follows it. When the source ends, a last save runs, and the result
 * completes (or passes the source's error on) only after it. `trigger$` completing changes nothing.
 *
 * An error of `save` or `trigger$` ends the result; after an error of the source that error has precedence.
 * Unsubscribing aborts a running save and starts none, as a teardown cannot be awaited: end the source instead.
 *
 * @example
 * import { from, NEVER } from 'rxjs';
 * import { checkpointOn } from 'rxsync/operators';
 *
 * const done = [];
 * from(['a', 'b'])
 *   .pipe(checkpointOn(NEVER, { save: async () => console.log('saved', done.length) }))
 *   .subscribe({ next: (item) => done.push(item), complete: () => console.log('complete') });
 * // prints saved 2
 * // prints complete
 */
export const checkpointOn =
  <T>(trigger$: Observable<unknown>, { save }: CheckpointOnConfig): MonoTypeOperatorFunction<T> =>
  (source) =>
    new Observable((subscriber) => {
      new Checkpoints(subscriber, save).run(source, trigger$);
    });

class Checkpoints<T> {
  readonly #subscriber: Subscriber<T>;
  readonly #save: CheckpointOnConfig['save'];
  readonly #triggers = new Subscription();
  #saving = false;
  #again = false;
  /** Ends the result; known once the source has ended. */
  #end: (() => void) | undefined;

  /** Ends the result when a save fails; the source's own error comes first. */
  #fail = (reason: unknown): void => this.#subscriber.error(reason);

  constructor(subscriber: Subscriber<T>, save: CheckpointOnConfig['save']) {
    this.#subscriber = subscriber;
    this.#save = save;
  }

  run(source: Observable<T>, trigger$: Observable<unknown>): void {
    this.#subscriber.add(this.#triggers);
    attach(trigger$, this.#triggers, {
      next: () => this.#request(),
      error: (reason: unknown) => this.#subscriber.error(reason),
    });
    attach(source, this.#subscriber, {
      next: (value) => this.#subscriber.next(value),
      error: (reason: unknown) => {
        const end = (): void => this.#subscriber.error(reason);
        this.#fail = end;
        this.#finish(end);
      },
      complete: () => this.#finish(() => this.#subscriber.complete()),
    });
  }

  #finish(end: () => void): void {
    this.#triggers.unsubscribe();
    this.#end = end;
    this.#request();
  }

  #request(): void {
    if (this.#saving) this.#again = true;
    else this.#start(this.#end);
  }

  #start(end: (() => void) | undefined): void {
    let completed = false;
    this.#saving = true;
    this.#again = false;
    attach(
      defer(() => this.#save(end !== undefined)),
      this.#subscriber,
      {
        error: (reason: unknown) => this.#fail(reason),
        complete: () => {
          completed = true;
        },
      },
    ).add(() => {
      if (completed) this.#done(end);
    });
  }

  #done(end: (() => void) | undefined): void {
    this.#saving = false;
    if (end) end();
    else if (this.#again) this.#start(this.#end);
  }
}
