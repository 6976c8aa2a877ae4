import {
  type Observable,
  catchError,
  defer,
  endWith,
  forkJoin,
  ignoreElements,
  of,
  shareReplay,
  tap,
} from 'rxjs';
import type { WikiClient } from '../../confluence/wiki-client.js';
import { chunks } from '../../core/unique.js';
import { isHttpError, isNotVisible } from '../../errors/http-error.js';
import { costsOnlyItsKind } from './failure.js';
import { inParts$ } from './in-parts.js';

const USERS_PER_REQUEST = 250;

/** The display names of accounts, asked for in bulk and once each. */
export interface People {
  /**
   * Completes when the names of all these accounts are known, or known to be hidden, or not to be had. Whoever
   * unsubscribes, unless others wait for the same answer, aborts the request.
   */
  readonly learn$: (accountIds: Iterable<string>) => Observable<never>;
  /** Undefined for an account that shows no name; then its id stands for it. */
  readonly nameOf: (accountId: string) => string | undefined;
  /** All names that are known. */
  readonly names: () => ReadonlyMap<string, string>;
}

export interface PeopleOptions {
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

/** Knows nobody at first; belongs to one run. */
export const createPeople = ({ users$, remembered, onFailure, onHidden }: PeopleOptions): People => {
  const asked = new Map<string, Observable<unknown>>();
  const names = new Map<string, string>();
  let isGivenUp = false;
  let isHidden = false;

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

  const namesOf$ = (accountIds: readonly string[]): Observable<Names> =>
    inParts$(accountIds, {
      ask$: (ids) =>
        defer(() => (isGivenUp || isHidden ? of(NOBODY) : users$(ids))).pipe(
          tap((found) => {
            // Nobody of several who had names has one any more: the names are hidden, not all the people gone.
            if (found.size === 0 && ids.filter((id) => remembered().has(id)).length > 1) hidden();
          }),
        ),
      failed$: (_ids, error) => {
        if (isBadId(error)) return of(NOBODY);
        return isNotVisible(error) ? hidden() : giveUp(error);
      },
      mayHelp: isBadId,
    });

  const ask = (accountIds: readonly string[]): void => {
    const answer$ = namesOf$(accountIds).pipe(
      tap((found) => {
        for (const [accountId, name] of found) names.set(accountId, name);
      }),
      ignoreElements(),
      endWith(undefined),
      catchError((error: unknown) => {
        // Who asks again asks for its own accounts only, not for the one that may have spoilt this request.
        for (const accountId of accountIds) asked.delete(accountId);
        throw error;
      }),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    for (const accountId of accountIds) asked.set(accountId, answer$);
  };

  return {
    learn$: (accountIds) =>
      defer(() => {
        const wanted = [...new Set(accountIds)];
        const unknown = wanted.filter((id) => !asked.has(id));
        for (const chunk of chunks(unknown, USERS_PER_REQUEST)) ask(chunk);
        const answers = new Set(wanted.flatMap((id) => asked.get(id) ?? []));
        return forkJoin([...answers]).pipe(ignoreElements());
      }),
    nameOf: (accountId) =>
      names.get(accountId) ?? (isGivenUp || isHidden ? remembered().get(accountId) : undefined),
    names: () => (isGivenUp || isHidden ? new Map([...remembered(), ...names]) : names),
  };
};
