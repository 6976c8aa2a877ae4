import { type Observable, catchError, from, map, of, switchMap, toArray } from 'rxjs';
import type { ListedComment } from '../../core/content.js';
import type { Whereabouts } from '../../core/departures.js';
import { type ItemRecord, recordKey } from '../../core/records.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Run } from '../run/run.js';
import type { Listing } from './listing.js';
import {
  type Located,
  type LocatedPages,
  type Looked,
  type Search,
  staying$,
  whereaboutsBy,
} from './located.js';

/** A comment whose row could not be read, by its id; its version is not told there. */
export const listedComment$ = (run: Run, id: string): Observable<ListedComment | undefined> =>
  run.wiki
    .comment$(id)
    .pipe(
      map((found) =>
        found?.status === 'current'
          ? { id, pageId: found.comment.pageId, version: 0, resolution: found.comment.resolution }
          : undefined,
      ),
    );

const look$ = (run: Run, comment: ListedComment): Observable<Looked<ListedComment>> =>
  run.wiki.comment$(comment.id).pipe(
    map((found) => ({ item: comment, where: whereaboutsBy(run, 'comments', comment.id, found?.status) })),
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      run.noteGap({ of: 'comments', error });
      return of<Looked<ListedComment>>({ item: comment, where: 'unknown' });
    }),
  );

/** The comments files that have lost their last comment: gone, or to be seen no more; and those that keep hidden ones. */
const whereaboutsOf = (
  files: readonly ItemRecord[],
  there: readonly ListedComment[],
  hidden: readonly ListedComment[],
): ReadonlyMap<string, Whereabouts> => {
  const commented = new Set(there.map(({ pageId }) => pageId));
  const kept = new Set(there);
  const unseen = new Set(
    hidden.flatMap((comment) => (kept.has(comment) || !commented.has(comment.pageId) ? comment.pageId : [])),
  );
  return new Map(
    files.flatMap(({ id: pageId }): [string, Whereabouts][] => {
      const key = recordKey('comments', pageId);
      if (unseen.has(pageId)) return [[key, 'unseen']];
      return commented.has(pageId) ? [] : [[key, 'gone']];
    }),
  );
};

/**
 * All comments of the pages. A recorded one that is not listed is asked for by its id; one that is not to be seen leaves
 * only for an account that may lose it. Where they cannot be listed, all of them stay.
 */
export const locateComments$ = (
  search: Search,
  { items: rows, gaps, isWalked }: Listing<ListedComment>,
  pages: LocatedPages,
): Observable<Located<ListedComment>> => {
  const { run, prior } = search;
  if (!run.options.comments) return of({ items: rows, gaps, whereabouts: new Map() });
  // A row that hangs on none of the pages does not tell where its comment is.
  const items = rows.filter(({ pageId }) => pages.kinds.has(pageId));
  const listed = new Set(items.map(({ id }) => id));
  const isAsked = ({ pageId }: ListedComment): boolean => isWalked && !pages.staying.has(pageId);
  const looksAt$ = (absent: readonly ListedComment[]): Observable<readonly Looked<ListedComment>[]> =>
    from(absent).pipe(
      adaptiveMergeMap(
        (item): Observable<Looked<ListedComment>> =>
          isAsked(item) ? look$(run, item) : of({ item, where: 'unknown' }),
        { limit$: run.limit$ },
      ),
      toArray(),
    );
  const isAbsent = ({ id, pageId }: ListedComment): boolean => pages.kinds.has(pageId) && !listed.has(id);
  return from(prior.records.all('comments')).pipe(
    toArray(),
    switchMap((files) =>
      looksAt$(files.flatMap(({ comments = [] }) => comments.filter(isAbsent))).pipe(
        switchMap((looks) =>
          staying$(search, looks).pipe(
            map((staying) => {
              const there = [...items, ...staying];
              const hidden = looks.flatMap(({ item, where }) => (where === 'unseen' ? item : []));
              return { items: there, gaps, whereabouts: whereaboutsOf(files, there, hidden) };
            }),
          ),
        ),
      ),
    ),
  );
};
