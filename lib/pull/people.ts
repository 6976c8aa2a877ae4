import {
  type Observable,
  catchError,
  concatMap,
  defer,
  forkJoin,
  from,
  ignoreElements,
  of,
  shareReplay,
  tap,
} from 'rxjs';
import type { WikiClient } from '../confluence/wiki-client.js';
import { chunks } from '../core/unique.js';
import { isHttpError, isNotVisible } from '../errors/http-error.js';

const USERS_PER_REQUEST = 250;

/** The display names of accounts, asked for in bulk and once each. */
export interface People {
  /** Completes when the names of all these accounts are known, or known to be hidden. */
  readonly learn$: (accountIds: Iterable<string>) => Observable<never>;
  readonly nameOf: (accountId: string) => string | undefined;
}

/**
 * Names of accounts. An account without the right to browse users sees none; an id that is none, as any body may hold,
 * spoils the request for all the others, so that it is halved until that id stands alone.
 */
const namesOf$ = (
  users$: WikiClient['users$'],
  accountIds: readonly string[],
): Observable<ReadonlyMap<string, string>> =>
  users$(accountIds).pipe(
    catchError((error: unknown) => {
      const isBadId = isHttpError(error) && error.status === 400;
      if (!isBadId && !isNotVisible(error)) throw error;
      if (!isBadId || accountIds.length === 1) return of(new Map<string, string>());
      const halves = chunks(accountIds, Math.ceil(accountIds.length / 2));
      return from(halves).pipe(concatMap((half) => namesOf$(users$, half)));
    }),
  );

/** Knows nobody at first; belongs to one run. */
export const createPeople = (users$: WikiClient['users$']): People => {
  const asked = new Map<string, Observable<unknown>>();
  const names = new Map<string, string>();

  const ask = (accountIds: readonly string[]): void => {
    const answer$ = namesOf$(users$, accountIds).pipe(
      tap({
        next: (found) => {
          for (const [accountId, name] of found) names.set(accountId, name);
        },
        // Who asks again asks for its own accounts only, not for the one that may have spoilt this request.
        error: () => {
          for (const accountId of accountIds) asked.delete(accountId);
        },
      }),
      shareReplay({ bufferSize: 1, refCount: false }),
    );
    for (const accountId of accountIds) asked.set(accountId, answer$);
  };

  return {
    learn$: (accountIds) =>
      defer(() => {
        const wanted = [...new Set(accountIds)];
        for (const chunk of chunks(
          wanted.filter((id) => !asked.has(id)),
          USERS_PER_REQUEST,
        ))
          ask(chunk);
        const answers = new Set(wanted.flatMap((id) => asked.get(id) ?? []));
        return forkJoin([...answers]).pipe(ignoreElements());
      }),
    nameOf: (accountId) => names.get(accountId),
  };
};
