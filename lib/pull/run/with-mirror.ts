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
import type { OpenMirror } from '../../store/open-mirror.js';

/**
 * Opens a mirror, lets `use` work on it and closes it, in this order and awaited: after completion, after an error.
 * Unsubscribing closes it, too, but nobody can await that.
 */
export const withMirror$ = <T>(
  open: () => Promise<OpenMirror>,
  use: (mirror: OpenMirror) => Observable<T>,
): Observable<T> =>
  defer(() => {
    const opening = open();
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => (closing ??= opening.then(({ store }) => store.close()));
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
