import { isReaderGone } from './is-reader-gone.js';
import { Observable, Subject } from 'rxjs';

export interface StopSignals {
  /** The first SIGINT, SIGTERM or SIGHUP (the terminal has gone), or output that is not taken any more (`EPIPE`, `output`): stop softly. */
  readonly stop$: Observable<string>;
  /** The second signal: stop at once. */
  readonly abort$: Observable<string>;
  /** Why a stop was asked for first; undefined as long as none was. */
  readonly stoppedBy: () => string | undefined;
  /** Asks for a soft stop, as a first signal does. */
  readonly stop: (reason: string) => void;
  readonly dispose: () => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Turns signals of the process into Observables, until disposed of. */
export const stopSignals = (): StopSignals => {
  const stop$ = new Subject<string>();
  const abort$ = new Subject<string>();
  let count = 0;
  let stoppedBy: string | undefined;
  stop$.subscribe((reason) => (stoppedBy ??= reason));
  const onSignal = (signal: NodeJS.Signals): void => {
    count += 1;
    (count === 1 ? stop$ : abort$).next(signal);
  };
  const onOutputError = (error: Error): void => {
    stop$.next(isReaderGone(error) ? 'EPIPE' : 'output');
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.stdout.on('error', onOutputError);
  return {
    stop$,
    abort$,
    stoppedBy: () => stoppedBy,
    stop: (reason) => stop$.next(reason),
    dispose: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
      process.stdout.off('error', onOutputError);
    },
  };
};
