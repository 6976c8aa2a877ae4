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
 * Unsubscribing closes it, too, but nobody can await that.
 */
export const withMirror$ = <M extends { readonly close: () => Promise<void> }, T>(
  open: () => Promise<M>,
  use: (mirror: M) => Observable<T>,
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
        close().catch(() => undefined);
      }),
    );
  });
