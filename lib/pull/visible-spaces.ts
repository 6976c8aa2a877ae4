import { type Observable, defer, finalize, forkJoin, map, tap, toArray } from 'rxjs';
import type { UnreadableRow } from '../confluence/walk.js';
import type { Space } from '../core/content.js';
import { uniqueById } from '../core/unique.js';
import { MalformedResponseError } from '../errors/malformed-response-error.js';
import { SpaceNotFoundError } from '../errors/space-not-found-error.js';
import { checkIdentity } from './run/place.js';
import { asCalled } from './run/as-called.js';
import { liveDeps } from './run/live-deps.js';
import type { PullDeps } from './run/pull-deps.js';
import { type FromWiki, resolveOptions } from './run/pull-options.js';
import { startRun } from './run/start-run.js';

/** A space by its key, with the id that it keeps. */
export type VisibleSpace = Pick<Space, 'id' | 'key' | 'name' | 'baseUrl'>;

/** The spaces that an account sees, and whether those are all. */
export interface VisibleSpaces {
  /** In the order of their keys. */
  readonly spaces: readonly VisibleSpace[];
  /** Why some could not be read from the listing. */
  readonly errors: readonly MalformedResponseError[];
}

const unreadableError = ({ id = 'without an id', reason }: UnreadableRow): MalformedResponseError =>
  new MalformedResponseError(`The listing of the spaces has one (${id}) that cannot be read: ${reason}`);

/**
 * Emits the current spaces of the wiki, of any type, that the account sees; 250 a request. `{ wiki }` asks a shared one.
 *
 * Errors: `CredentialsError` when the wiki takes us for a stranger, `SpaceNotFoundError` when there is none.
 *
 * @example
 * import { visibleSpaces$ } from 'rxsync';
 *
 * const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken } = process.env;
 * visibleSpaces$({ url, credentials: { email, apiToken } }).subscribe(({ spaces }) => {
 *   for (const { key, name } of spaces) console.log(key, name);
 * });
 * // prints LARGE Large
 * // prints SMALL Small
 * // prints ~sandbox Sandy Box
 */
export const visibleSpaces$ = (
  options: FromWiki,
  deps: Partial<PullDeps> = {},
): Observable<VisibleSpaces> => {
  const asked = asCalled(options);
  return defer(() => {
    const run = startRun(resolveOptions({ ...asked, dir: '.' }), { ...liveDeps, ...deps });
    return forkJoin([
      run.wiki.identity$().pipe(tap(checkIdentity)),
      run.wiki.listSpaces$().pipe(toArray()),
    ]).pipe(
      map(([, pages]) => {
        const spaces = pages
          .flatMap(({ items }) => items)
          .map(({ id, key, name, baseUrl }) => ({ id, key, name, baseUrl }));
        const errors = pages.flatMap(({ unreadable = [] }) => unreadable).map(unreadableError);
        if (spaces.length + errors.length === 0) throw new SpaceNotFoundError();
        return { spaces: uniqueById(spaces).sort((a, b) => (a.key < b.key ? -1 : 1)), errors };
      }),
      finalize(run.dispose),
    );
  });
};
