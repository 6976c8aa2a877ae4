import { BehaviorSubject, type Observable, concat, defer, map, merge, mergeMap, of, tap } from 'rxjs';
import { type BatchSize, nextBatchSize, observeBatch, unknownBatchSize } from '../../core/batch-size.js';
import type { PageKind, PageWithBody } from '../../core/content.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { consequenceOf } from '../../errors/consequence.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { type CursorPage, expandCursor$ } from '../../operators/expand-cursor.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import { failed$, isFatal } from '../run/failure.js';
import { inParts$ } from '../run/in-parts.js';
import type { MirrorView } from '../render/mirror-view.js';
import type { Run } from '../run/run.js';
import type { Step } from '../run/step.js';
import { fetchAlone$ } from './fetch-alone.js';
import { isOfSpace, sortBodies$ } from './sort-bodies.js';
import { writePages$ } from './write-pages.js';

/** Converting is the bottleneck from here on, and every batch in flight is held in memory. */
const MAX_BATCHES = 2;

type Batch = readonly PlannedPage[];

/** Cuts the work into batches, the next one on demand only, as large as the bodies seen so far suggest. */
const batches$ = (pages: Batch, size: () => number, demand$: Observable<boolean>): Observable<Batch> =>
  expandCursor$(
    (cursor): Observable<CursorPage<PlannedPage>> => {
      const start = Number(cursor ?? 0);
      const end = Math.min(start + size(), pages.length);
      return of({ items: pages.slice(start, end), ...(end < pages.length && { next: String(end) }) });
    },
    { demand$ },
  ).pipe(map(({ items }) => items));

const weigh = (pages: readonly PageWithBody[]): number =>
  pages.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);

const kindLane$ = (
  run: Run,
  store: MirrorStore,
  view: MirrorView,
  kind: PageKind,
  pages: Batch,
): Observable<Step> =>
  defer(() => {
    let size: BatchSize = unknownBatchSize;
    const demand = new BehaviorSubject(false);

    const alone$ = (batch: Batch, before: number): Observable<Step> =>
      concat(...batch.map((planned) => fetchAlone$(run, store, view, planned, before)));

    const fetch$ = (batch: Batch): Observable<Step> =>
      inParts$(batch, {
        ask$: (some, before) =>
          run.wiki
            .fetchPages$(
              kind,
              some.map(({ page }) => page.id),
              run.options.format,
            )
            .pipe(
              tap((found) => (size = observeBatch(size, found.length, weigh(found)))),
              map((found) => found.filter((page) => isOfSpace(view, page))),
              mergeMap((found) => sortBodies$(run, kind, some, found)),
              mergeMap(({ good, doubtful }) =>
                merge(writePages$(run, store, view, some, good), alone$(doubtful, before)),
              ),
            ),
        failed$: (some, error, tried) =>
          !isFatal(error) && consequenceOf(error).inParts
            ? alone$(some, tried)
            : failed$(
                run,
                some.map(({ page }) => page),
                error,
                tried,
              ),
      });

    return batches$(pages, () => nextBatchSize(size), demand).pipe(
      adaptiveMergeMap(fetch$, {
        limit$: run.limit$.pipe(map((limit) => Math.min(limit, MAX_BATCHES))),
        drain$: run.stop$,
        demand,
      }),
    );
  });

/**
 * Fetches and writes the planned pages and blog posts in batches of ids. A batch that fails for its content is halved
 * until the page that causes it stands alone; what a batch leaves out in silence, or gives without a body or in an older
 * version, is asked for by itself.
 */
export const pagesLane$ = (
  run: Run,
  store: MirrorStore,
  view: MirrorView,
  planned: Batch,
): Observable<Step> =>
  merge(
    ...(['page', 'blogpost'] as const).flatMap((kind) => {
      const pages = planned.filter(({ page }) => page.kind === kind);
      // A batch without ids would list the whole site.
      return pages.length === 0 ? [] : [kindLane$(run, store, view, kind, pages)];
    }),
  );
