import { type Observable, catchError, from, map, mergeMap, of, reduce } from 'rxjs';
import type { SearchedLabels } from '../../confluence/wire/search.js';
import type { Space } from '../../core/content.js';
import { scopeCql } from '../../core/cql.js';
import { isNotVisible } from '../../errors/http-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
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

/** Labels by id of page or blog post, for the whole scope. */
export const listLabels$ = (run: PullRun, space: Space): Observable<ReadonlyMap<string, readonly string[]>> =>
  run.wiki.listLabels$(scopeCql(space.key, run.options)).pipe(
    mergeMap(({ items }) => from(items)),
    adaptiveMergeMap((item) => complete$(run, item), { limit$: run.limit$ }),
    reduce((labels, [id, all]) => labels.set(id, all), new Map<string, readonly string[]>()),
  );
