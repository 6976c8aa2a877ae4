import { type Observable, ReplaySubject, Subject, merge, take } from 'rxjs';
import type { RxsyncError } from '../../errors/rxsync-error.js';
import type { Run } from './run.js';

/** How a run is stopped, from outside or by an error. The first reason counts. */
export interface Stopping extends Pick<Run, 'stop$' | 'stopReason' | 'halt'> {
  /** The error for which the run was stopped. */
  readonly failure: () => RxsyncError | undefined;
  /** Says that nothing is left to do: a stop comes too late from now on. Why the run was stopped before, if it was. */
  readonly endWork: () => string | undefined;
  readonly dispose: () => void;
}

export const createStopping = (asked$: Observable<string>, onStop: () => void): Stopping => {
  let stopReason: string | undefined;
  let failure: RxsyncError | undefined;
  let isWorking = true;
  const halted = new Subject<string>();
  const stop$ = new ReplaySubject<string>(1);
  stop$.subscribe((reason) => {
    if (!isWorking) return;
    stopReason = reason;
    onStop();
  });
  const asking = merge(asked$, halted).pipe(take(1)).subscribe(stop$);
  return {
    stop$,
    stopReason: () => stopReason,
    halt: (error) => {
      if (stopReason !== undefined) return;
      failure = error;
      halted.next(error.code);
    },
    failure: () => failure,
    endWork: () => {
      isWorking = false;
      return stopReason;
    },
    dispose: () => asking.unsubscribe(),
  };
};
