import { Observable, Subject } from 'rxjs';

export interface StopSignals {
  /** The first SIGINT or SIGTERM, or a reader that has closed the pipe: stop softly. */
  readonly stop$: Observable<string>;
  /** The second signal: stop at once. */
  readonly abort$: Observable<string>;
  /** True once a stop was asked for. */
  readonly isStopping: () => boolean;
  readonly dispose: () => void;
}

/** Turns signals of the process into Observables, until disposed of. */
export const stopSignals = (): StopSignals => {
  const stop$ = new Subject<string>();
  const abort$ = new Subject<string>();
  let count = 0;
  let isStopping = false;
  stop$.subscribe(() => (isStopping = true));
  const onSignal = (signal: NodeJS.Signals): void => {
    count += 1;
    (count === 1 ? stop$ : abort$).next(signal);
  };
  const onPipeError = (error: Error): void => {
    if ('code' in error && error.code === 'EPIPE') stop$.next('EPIPE');
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.stdout.on('error', onPipeError);
  return {
    stop$,
    abort$,
    isStopping: () => isStopping,
    dispose: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
};
