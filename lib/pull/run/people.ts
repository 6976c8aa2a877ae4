import {
  type Observable,
  catchError,
  defer,
  endWith,
  forkJoin,
  ignoreElements,
  shareReplay,
  tap,
} from 'rxjs';
import { chunks } from '../../core/unique.js';
import { createNaming, type NamingOptions } from './naming.js';

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

/** Knows nobody at first; belongs to one run. */
export const createPeople = (options: NamingOptions): People => {
  const { remembered } = options;
  const { namesOf$, keepsName } = createNaming(options);
  const asked = new Map<string, Observable<unknown>>();
  const names = new Map<string, string>();

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
      names.get(accountId) ?? (keepsName(accountId) ? remembered().get(accountId) : undefined),
    names: () => new Map([...[...remembered()].filter(([id]) => keepsName(id)), ...names]),
  };
};
