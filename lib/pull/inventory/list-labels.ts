import { type Observable, catchError, from, ignoreElements, map, mergeMap, of, tap, toArray } from 'rxjs';
import type { SearchedLabels } from '../../confluence/wire/search.js';
import type { Gap, Space } from '../../core/content.js';
import { scopeCql } from '../../core/cql.js';
import { isNotVisible } from '../../errors/http-error.js';
import { NotSearchableError } from '../../errors/not-searchable-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../failure.js';
import type { PullRun } from '../pull-run.js';

/** The search cuts long lists short: the labels of such an item are asked for by themselves. */
const complete$ = (
  run: PullRun,
  { kind, id, labels, hasMore }: SearchedLabels,
): Observable<[string, readonly string[]]> =>
  (hasMore ? run.wiki.labelsOf$(kind, id) : of(labels)).pipe(
    catchError((error: unknown) => {
      if (!isNotVisible(error)) throw error;
      return of(labels);
    }),
    map((all) => [id, all]),
  );

export interface Labels {
  /** By id of page or blog post. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  readonly gaps: readonly Gap[];
}

/** The labels of the whole scope. */
export const listLabels$ = (run: PullRun, space: Space): Observable<Labels> => {
  if (space.isArchived)
    return of({ labels: new Map(), gaps: [{ of: 'labels', error: new NotSearchableError(space.key) }] });
  const labels = new Map<string, readonly string[]>();
  return run.wiki.listLabels$(scopeCql(space.key, run.options)).pipe(
    mergeMap(({ items }) => from(items)),
    adaptiveMergeMap((item) => complete$(run, item), { limit$: run.limit$ }),
    tap(([id, all]) => labels.set(id, all)),
    ignoreElements(),
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      return of<Gap>({ of: 'labels', error });
    }),
    toArray(),
    map((gaps) => ({ labels, gaps })),
  );
};
