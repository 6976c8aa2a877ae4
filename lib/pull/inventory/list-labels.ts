import {
  type Observable,
  catchError,
  concatMap,
  from,
  ignoreElements,
  map,
  mergeMap,
  of,
  tap,
  toArray,
} from 'rxjs';
import type { UnreadableRow } from '../../confluence/walk.js';
import type { SearchedLabels } from '../../core/searched.js';
import type { Gap, ListedPage, Space } from '../../core/content.js';
import { idsCql, isNarrow, scopeCql } from '../../core/cql.js';
import { chunks } from '../../core/unique.js';
import { MalformedResponseError } from '../../errors/malformed-response-error.js';
import { isNotVisible } from '../../errors/http-error.js';
import { NotSearchableError } from '../../errors/not-searchable-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Run } from '../run/run.js';
import { unreadable } from './listing.js';

/** The search cuts long lists short: the labels of such an item are asked for by themselves. */
const complete$ = (
  run: Run,
  { kind, id, labels, hasMore }: SearchedLabels,
): Observable<[string, readonly string[]]> =>
  (hasMore ? run.wiki.labelsOf$(kind, id) : of(labels)).pipe(
    catchError((error: unknown) => {
      if (!isNotVisible(error)) throw error;
      return of(labels);
    }),
    map((all) => {
      if (all.length > 0 || labels.length === 0) return [id, all];
      throw new MalformedResponseError(
        `The wiki answers for ${kind} ${id} with no label, where search tells ${labels.length}.`,
      );
    }),
  );

export interface Labels {
  /** By id of page or blog post. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  readonly gaps: readonly Gap[];
}

const bySearch$ = (run: Run, queries: readonly string[]): Observable<Labels> => {
  const labels = new Map<string, readonly string[]>();
  const unread: UnreadableRow[] = [];
  return from(queries).pipe(
    concatMap((cql) => run.wiki.listLabels$(cql)),
    tap((page) => unread.push(...(page.unreadable ?? []))),
    mergeMap(({ items }) => items),
    adaptiveMergeMap((item) => complete$(run, item), { limit$: run.limit$ }),
    tap(([id, all]) => labels.set(id, all)),
    ignoreElements(),
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      return of<Gap>({ of: 'labels', error });
    }),
    toArray(),
    map((gaps) => ({ labels, gaps: [...gaps, ...unreadable('labels', unread)] })),
  );
};

/** Ids in one `id in (…)`. */
const IDS = 100;

/** The labels of the whole scope. */
export const listLabels$ = (run: Run, space: Space): Observable<Labels> =>
  space.isArchived
    ? of({ labels: new Map(), gaps: [{ of: 'labels', error: new NotSearchableError(space.key) }] })
    : bySearch$(run, [scopeCql(space.key, run.options)]);

/** With those of pages that search has not found in the scope, and may know all the same. */
export const withLabelsById$ = (
  run: Run,
  { labels, gaps }: Labels,
  pages: readonly ListedPage[],
): Observable<Labels> => {
  const missing = pages.flatMap(({ id }) => (labels.has(id) ? [] : id));
  if (missing.length === 0 || gaps.length > 0 || !isNarrow(run.options)) return of({ labels, gaps });
  return bySearch$(run, chunks(missing, IDS).map(idsCql)).pipe(
    map((found) => ({ labels: new Map([...labels, ...found.labels]), gaps: found.gaps })),
  );
};
