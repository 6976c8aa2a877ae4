import { Observable, type MonoTypeOperatorFunction, mergeMap, raceWith, throwError } from 'rxjs';

/** Emits `aborted` when the signal is aborted, at once if it is. */
export const abortOf$ = (signal: AbortSignal): Observable<string> =>
  new Observable((subscriber) => {
    const stop = (): void => subscriber.next('aborted');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    return () => signal.removeEventListener('abort', stop);
  });

/** Unsubscribes from an Observable of one emission, and errors with the signal's reason, when that is aborted before. */
export const untilAborted =
  <T>(signal: AbortSignal | undefined): MonoTypeOperatorFunction<T> =>
  (source$) =>
    signal === undefined
      ? source$
      : source$.pipe(
          raceWith(abortOf$(signal).pipe(mergeMap(() => throwError((): unknown => signal.reason)))),
        );
