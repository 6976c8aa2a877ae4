import {
  type Observable,
  catchError,
  concatMap,
  defer,
  first,
  from,
  map,
  of,
  switchMap,
  tap,
  throwError,
} from 'rxjs';
import { sampleOf } from '../../core/sample-of.js';
import type { WikiClient } from '../../confluence/wiki-client.js';
import { isHttpError, isNotVisible } from '../../errors/http-error.js';
import { costsOnlyItsKind } from './failure.js';
import { inParts$ } from './in-parts.js';

export interface NamingOptions {
  readonly users$: WikiClient['users$'];
  /** The names of the last pull: they go on while names cannot be had. */
  readonly remembered: () => ReadonlyMap<string, string>;
  /** Told, once, why names cannot be had; they are not asked for any more. */
  readonly onFailure: (error: unknown) => void;
  /** Told, once, that this account may not see names. */
  readonly onHidden: () => void;
}

type Names = ReadonlyMap<string, string>;

const NOBODY: Names = new Map();

/** An id that is no account's, as bodies may hold, spoils the request for all the others. */
const isBadId = (error: unknown): boolean => isHttpError(error) && error.status === 400;

/** How many ids of a request tell whether any is taken. */
const SAMPLE = 3;

/** Names for account ids, as far as they can be had. */
export interface Naming {
  /** The names of at most 250 accounts. */
  readonly namesOf$: (accountIds: readonly string[]) => Observable<Names>;
  /** Whether the name of the last pull goes on for an account that has got none. */
  readonly keepsName: (accountId: string) => boolean;
}

/** Asks for names until they turn out to be hidden, or not to be had. */
export const createNaming = ({ users$, remembered, onFailure, onHidden }: NamingOptions): Naming => {
  /** Ids that the wiki refuses while it takes others. */
  const refused = new Set<string>();
  let isAnswered = false;
  let isGivenUp = false;
  let isHidden = false;

  const keepsName = (accountId: string): boolean => isGivenUp || isHidden || refused.has(accountId);

  /** An account without the right to browse users sees none. */
  const hidden = (): Observable<Names> => {
    if (!isHidden) onHidden();
    isHidden = true;
    return of(NOBODY);
  };

  const giveUp = (error: unknown): Observable<Names> => {
    if (!costsOnlyItsKind(error)) throw error;
    if (!isGivenUp) onFailure(error);
    isGivenUp = true;
    return of(NOBODY);
  };

  const request$ = (ids: readonly string[]): Observable<Names> =>
    defer(() =>
      isGivenUp || isHidden
        ? of(NOBODY)
        : users$(ids).pipe(
            tap((found) => {
              isAnswered = true;
              // Nobody of several who had names has one any more: the names are hidden, not all the people gone.
              if (found.size === 0 && ids.filter((id) => remembered().has(id)).length > 1) hidden();
            }),
          ),
    );

  const isTaken$ = (id: string): Observable<boolean> =>
    request$([id]).pipe(
      map(() => true),
      catchError((error: unknown) => (isBadId(error) ? of(false) : throwError(() => error))),
    );

  /** A wiki that has taken no id so far, nor any of a sample, does not refuse for the sake of one: it names nobody. */
  const blame$ = (ids: readonly string[], error: unknown): Observable<Names> =>
    from(ids.length === 1 ? [] : sampleOf(ids, SAMPLE)).pipe(
      concatMap(isTaken$),
      first(Boolean, false),
      switchMap((isAboutIds) => (isAboutIds ? throwError(() => error) : giveUp(error))),
    );

  const namesOf$ = (accountIds: readonly string[]): Observable<Names> =>
    inParts$(accountIds, {
      ask$: (ids) =>
        request$(ids).pipe(
          catchError((error: unknown) =>
            isBadId(error) && !isAnswered ? blame$(ids, error) : throwError(() => error),
          ),
        ),
      failed$: (ids, error) => {
        if (isBadId(error)) {
          for (const id of ids) refused.add(id);
          return of(NOBODY);
        }
        return isNotVisible(error) ? hidden() : giveUp(error);
      },
      mayHelp: isBadId,
    });

  return { namesOf$, keepsName };
};
