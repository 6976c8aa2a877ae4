import {
  EMPTY,
  type Observable,
  catchError,
  concat,
  defer,
  finalize,
  from,
  ignoreElements,
  switchMap,
  throwError,
} from 'rxjs';

/**
 * Opens a mirror, lets `use` work on it and closes it, in this order and awaited: after completion, after an error.
 * Unsubscribing closes it, too, which nobody awaits: `onGivenUp` gets the end of that.
 */
export const withMirror$ = <M extends { readonly close: () => Promise<void> }, T>(
  open: () => Promise<M>,
  use: (mirror: M) => Observable<T>,
  onGivenUp?: (closing: Promise<void>) => void,
): Observable<T> =>
  defer(() => {
    const opening = open();
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => (closing ??= opening.then((mirror) => mirror.close()));
    const close$ = defer(close).pipe(ignoreElements());
    return concat(from(opening).pipe(switchMap(use)), close$).pipe(
      catchError((error: unknown) =>
        concat(
          close$.pipe(catchError(() => EMPTY)),
          throwError(() => error),
        ),
      ),
      finalize(() => {
        const isGivenUp = closing === undefined;
        const closed = close();
        closed.catch(() => undefined);
        if (isGivenUp) onGivenUp?.(closed);
      }),
    );
  });
