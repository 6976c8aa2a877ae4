import { type Observable, catchError, from, map, of, reduce, switchMap } from 'rxjs';
import type { FoundPage, ListedPage } from '../../core/content.js';
import { chunks } from '../../core/unique.js';
import { MAX_BATCH } from '../../confluence/listings.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import { inParts$ } from '../run/in-parts.js';
import type { Run } from '../run/run.js';

/** What the database says of pages and blog posts by their ids. */
export interface PagesById {
  readonly found: ReadonlyMap<string, FoundPage>;
  /** Ids that could not be asked for: whether they are there is not known. */
  readonly unknown: ReadonlySet<string>;
}

type Ask = Pick<ListedPage, 'kind' | 'id'>;

interface Answer {
  readonly found: ReadonlyMap<string, FoundPage>;
  readonly unknown: readonly string[];
}

/** No more than so many pages are asked for one by one. */
const MOST_ALONE = 25;

/**
 * Asks for pages and blog posts by id, in any status, 250 a request; for a few that are left out of the answers one by
 * one, as a batch leaves out in silence what one request would name.
 */
export const pagesById$ = (run: Run, pages: readonly Ask[]): Observable<PagesById> =>
  inBatches$(run, pages).pipe(
    switchMap((byId) => {
      const missing = pages.filter(({ id }) => !byId.found.has(id) && !byId.unknown.has(id));
      return missing.length > MOST_ALONE ? of(byId) : alone$(run, missing, byId);
    }),
  );

const alone$ = (run: Run, pages: readonly Ask[], byId: PagesById): Observable<PagesById> =>
  from(pages).pipe(
    adaptiveMergeMap(
      ({ kind, id }) =>
        run.wiki.page$(kind, id).pipe(
          map((page) => ({ id, page, isUnknown: false })),
          catchError((error: unknown) => {
            if (!costsOnlyItsKind(error)) throw error;
            run.noteGap({ of: kind, error });
            return of({ id, page: undefined, isUnknown: true });
          }),
        ),
      { limit$: run.limit$ },
    ),
    reduce(
      ({ found, unknown }, { id, page, isUnknown }) => ({
        found: page ? new Map([...found, [id, page]]) : found,
        unknown: isUnknown ? new Set([...unknown, id]) : unknown,
      }),
      byId,
    ),
  );

const inBatches$ = (run: Run, pages: readonly Ask[]): Observable<PagesById> => {
  const batches = (['page', 'blogpost'] as const).flatMap((kind) =>
    chunks(
      pages.filter((page) => page.kind === kind),
      MAX_BATCH,
    ).map((batch) => ({ kind, ids: batch.map(({ id }) => id) })),
  );
  const ask$ = ({ kind, ids }: (typeof batches)[number]): Observable<Answer> =>
    inParts$(ids, {
      ask$: (some) => run.wiki.pagesById$(kind, some).pipe(map((found): Answer => ({ found, unknown: [] }))),
      failed$: (unknown, error) => {
        if (!costsOnlyItsKind(error)) throw error;
        run.noteGap({ of: kind, error });
        return of({ found: new Map<string, FoundPage>(), unknown });
      },
    });
  return from(batches).pipe(
    adaptiveMergeMap(ask$, { limit$: run.limit$ }),
    reduce(
      (all, { found, unknown }) => {
        for (const [id, page] of found) all.found.set(id, page);
        for (const id of unknown) all.unknown.add(id);
        return all;
      },
      { found: new Map<string, FoundPage>(), unknown: new Set<string>() },
    ),
  );
};
