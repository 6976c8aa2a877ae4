import {
  type Observable,
  defer,
  exhaustMap,
  ignoreElements,
  merge,
  ReplaySubject,
  startWith,
  Subject,
  switchMap,
  take,
  tap,
  timer,
} from 'rxjs';

/** What the engine says to a heartbeat. */
export type Beat = 'taken' | 'cancelled' | 'lost' | 'unanswered';

/** A lease: when it begins, and its two ends. Each of them comes at most once, and is told to whoever asks later, too. */
export interface Lease {
  /**
   * The engine has taken a heartbeat: the tenant is ours. Before, that is not known: a worker that was suspended finds tasks which
   * the engine has given away again.
   */
  readonly held$: Observable<void>;
  /** Stop softly. */
  readonly soft$: Observable<void>;
  /** Stop at once: after this another worker may have the tenant. */
  readonly hard$: Observable<void>;
  /** Sends heartbeats while it is subscribed to. */
  readonly beats$: Observable<never>;
}

/** Shares of the time after which the engine takes a silent worker for dead. */
const EVERY = 1 / 8;
const SOFT = 1 / 2;
const HARD = 4 / 5;
/** Whoever stops a tenant waits as long for the next heartbeat. */
const LONGEST_MS = 5000;

/**
 * A worker has a tenant for as long as the engine takes its heartbeats. The engine gives it away `timeoutMs` after the
 * last that it has taken; counted from when that was sent, this worker has let go before.
 */
export const createLease = (beat: () => Promise<Beat>, timeoutMs: number): Lease => {
  const held = new ReplaySubject<void>(1);
  const soft = new ReplaySubject<void>(1);
  const hard = new ReplaySubject<void>(1);
  const renewed = new Subject<number>();
  const beats$ = timer(0, Math.min(timeoutMs * EVERY, LONGEST_MS)).pipe(
    exhaustMap(async () => {
      const sentAt = performance.now();
      const answer = await beat();
      if (answer === 'taken' || answer === 'cancelled') {
        held.next();
        renewed.next(sentAt);
      }
      if (answer === 'cancelled') soft.next();
      if (answer === 'lost') hard.next();
    }),
  );
  // The start counts as a heartbeat.
  const watch$ = (share: number, end: Subject<void>): Observable<unknown> =>
    defer(() => renewed.pipe(startWith(performance.now()))).pipe(
      switchMap((sentAt) => timer(Math.max(0, timeoutMs * share - (performance.now() - sentAt)))),
      tap(() => end.next()),
    );
  return {
    held$: held.pipe(take(1)),
    soft$: soft.pipe(take(1)),
    hard$: hard.pipe(take(1)),
    beats$: merge(watch$(SOFT, soft), watch$(HARD, hard), beats$).pipe(ignoreElements()),
  };
};
