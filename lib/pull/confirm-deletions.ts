import { type Observable, forkJoin, from, map, mergeMap, of, reduce } from 'rxjs';
import type { PageKind } from '../core/content.js';
import { idsCql, isNarrow } from '../core/cql.js';
import type { ItemRecord } from '../core/records.js';
import { chunks } from '../core/unique.js';
import { adaptiveMergeMap } from '../operators/adaptive-merge-map.js';
import type { PullRun } from './pull-run.js';

/** Ids in one `id in (…)`. */
const IDS = 100;

/** Ids of the pages (or blog posts) that the database has as current. */
const current$ = (
  run: PullRun,
  kind: PageKind,
  records: readonly ItemRecord[],
): Observable<readonly string[]> => {
  const ids = records.flatMap((record) => (record.kind === kind ? record.id : []));
  return from(chunks(ids, IDS)).pipe(
    adaptiveMergeMap((some) => run.wiki.currentPages$(kind, some), { limit$: run.limit$ }),
    reduce((all: readonly string[], found) => [...all, ...found], []),
  );
};

/** Ids of those that the search index knows. */
const indexed$ = (run: PullRun, ids: readonly string[]): Observable<ReadonlySet<string>> =>
  from(chunks(ids, IDS)).pipe(
    adaptiveMergeMap((some) => run.wiki.searchPages$(idsCql(some)), { limit$: run.limit$ }),
    mergeMap(({ items }) => items),
    reduce((known, { page }) => known.add(page.id), new Set<string>()),
  );

const sayWhoLeft = ({ notify }: PullRun, left: readonly ItemRecord[]): void => {
  const titles = left.slice(0, 3).map(({ id, page }) => `"${page?.title ?? id}"`);
  const more = left.length > titles.length ? ` and ${left.length - titles.length} more` : '';
  if (left.length > 0)
    notify({
      type: 'warning',
      code: 'left-scope',
      message: `No longer in the scope, so that they leave the mirror: ${titles.join(', ')}${more}.`,
    });
};

/** The page that an item belongs to, itself for a page. */
const ownerOf = ({ id, attachment }: ItemRecord): string => attachment?.pageId ?? id;

/**
 * The deletions that hold, in one emission. A part of a space is found by search alone: a page that the database has and
 * the index does not know at all stays; one that the index knows has left the scope, which is told.
 */
export const confirmDeletions$ = (
  run: PullRun,
  deletions: readonly ItemRecord[],
): Observable<readonly ItemRecord[]> => {
  if (!isNarrow(run.options) || deletions.length === 0) return of(deletions);
  return forkJoin([current$(run, 'page', deletions), current$(run, 'blogpost', deletions)]).pipe(
    mergeMap(([pages, posts]) => {
      const current = [...pages, ...posts];
      return indexed$(run, current).pipe(
        map((indexed) => {
          sayWhoLeft(
            run,
            deletions.filter(({ kind, id }) => kind !== 'comments' && indexed.has(id)),
          );
          const kept = new Set(current.filter((id) => !indexed.has(id)));
          return deletions.filter((record) => !kept.has(ownerOf(record)));
        }),
      );
    }),
  );
};
