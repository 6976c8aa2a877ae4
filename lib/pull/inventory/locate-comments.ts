import { type Observable, catchError, from, map, of, toArray } from 'rxjs';
import type { ListedComment } from '../../core/content.js';
import type { Whereabouts } from '../../core/departures.js';
import { recordKey } from '../../core/records.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../failure.js';
import type { PullRun } from '../pull-run.js';
import type { Listing } from './listing.js';
import { type Located, type LocatedPages, recorded, type Search, whereaboutsBy } from './located.js';

/** A comment whose row could not be read, by its id; its version is not told there. */
export const listedComment$ = (run: PullRun, id: string): Observable<ListedComment | undefined> =>
  run.wiki
    .comment$(id)
    .pipe(
      map((found) =>
        found?.status === 'current'
          ? { id, pageId: found.comment.pageId, version: 0, resolution: found.comment.resolution }
          : undefined,
      ),
    );

const STAYS: ReadonlySet<Whereabouts> = new Set(['alive', 'unknown']);

/** The comment as it is recorded, unless the database says that it is gone. */
const stillThere$ = (run: PullRun, comment: ListedComment): Observable<ListedComment | undefined> =>
  run.wiki.comment$(comment.id).pipe(
    map((found) =>
      STAYS.has(whereaboutsBy(run, 'comments', comment.id, found?.status)) ? comment : undefined,
    ),
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      run.noteGap({ of: 'comments', error });
      return of(comment);
    }),
  );

/**
 * All comments of the pages. A recorded one that is not listed is asked for by its id (who sees a page sees its comments,
 * so one that is not to be seen is gone); where they cannot be listed, all of them stay.
 */
export const locateComments$ = (
  { run, prior }: Search,
  { items: rows, gaps, isWalked }: Listing<ListedComment>,
  pages: LocatedPages,
): Observable<Located<ListedComment>> => {
  if (!run.options.comments) return of({ items: rows, gaps, whereabouts: new Map() });
  const pageIds = new Set(pages.items.map(({ id }) => id));
  // A row that hangs on none of the pages does not tell where its comment is.
  const items = rows.filter(({ pageId }) => pageIds.has(pageId));
  const listed = new Set(items.map(({ id }) => id));
  const absent = recorded(prior, ({ comments }) => comments)
    .flatMap(({ item }) => item)
    .filter(({ id, pageId }) => pageIds.has(pageId) && !listed.has(id));
  const ask$ = (comment: ListedComment): Observable<ListedComment | undefined> =>
    pages.staying.has(comment.pageId) ? of(comment) : stillThere$(run, comment);
  const there$ = isWalked
    ? from(absent).pipe(
        adaptiveMergeMap(ask$, { limit$: run.limit$ }),
        toArray(),
        map((found) => found.flatMap((comment) => comment ?? [])),
      )
    : of(absent);
  return there$.pipe(
    map((there) => {
      const all = [...items, ...there];
      const commented = new Set(all.map(({ pageId }) => pageId));
      const gone = recorded(prior, ({ kind, id }) =>
        kind === 'comments' && !commented.has(id) ? id : undefined,
      ).map(({ item }): [string, Whereabouts] => [recordKey('comments', item), 'gone']);
      return { items: all, gaps, whereabouts: new Map(gone) };
    }),
  );
};
