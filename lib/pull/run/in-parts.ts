import { type Observable, catchError, concat } from 'rxjs';
import { consequenceOf } from '../../errors/consequence.js';
import { attemptsOf } from './failure.js';

export interface InPartsConfig<T, R> {
  /** One request for all of them; `before` counts the tries of larger requests. */
  readonly ask$: (items: readonly T[], before: number) => Observable<R>;
  /** What becomes of those for which fewer would not fare better, or of one that stands alone. */
  readonly failed$: (items: readonly T[], error: unknown, tried: number) => Observable<R>;
  /** @default `fewerMayFareBetter` */
  readonly mayHelp?: (error: unknown) => boolean;
}

/** What the table of failures says of it. */
export const fewerMayFareBetter = (error: unknown): boolean => {
  const { inParts, costs } = consequenceOf(error);
  return inParts && costs === 'item';
};

/**
 * Returns an Observable of what a request for several items gives. One that fails for what is asked for, or for how much
 * that is, is sent in halves until the item that causes it stands alone.
 */
export const inParts$ = <T, R>(
  items: readonly T[],
  config: InPartsConfig<T, R>,
  before = 0,
): Observable<R> => {
  const { ask$, failed$, mayHelp = fewerMayFareBetter } = config;
  return ask$(items, before).pipe(
    catchError((error: unknown) => {
      const tried = before + attemptsOf(error);
      if (items.length <= 1 || !mayHelp(error)) return failed$(items, error, tried);
      const middle = Math.ceil(items.length / 2);
      return concat(
        inParts$(items.slice(0, middle), config, tried),
        inParts$(items.slice(middle), config, tried),
      );
    }),
  );
};
