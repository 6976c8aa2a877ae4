import { EMPTY, type Observable, concat, defer, map, merge, mergeMap, range, tap } from 'rxjs';
import { type BatchSize, nextBatchSize, observeBatch, unknownBatchSize } from '../../core/batch-size.js';
import type { PageKind, PageWithBody } from '../../core/content.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { consequenceOf } from '../../errors/consequence.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { failed$, isFatal } from '../run/failure.js';
import { inParts$ } from '../run/in-parts.js';
import type { Step } from '../run/step.js';
import { fetchAlone$ } from './fetch-alone.js';
import { isOfSpace, sortBodies$ } from './sort-bodies.js';
import { writePages$ } from './write-pages.js';

/** Converting is the bottleneck from here on, and every batch in flight is held in memory. */
const MAX_BATCHES = 2;

type Batch = readonly PlannedPage[];

const weigh = (pages: readonly PageWithBody[]): number =>
  pages.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);

const alone$ = (run: MirrorRun, batch: Batch, before: number): Observable<Step> =>
  concat(...batch.map((planned) => fetchAlone$(run, planned, before)));

/** Asks for a batch and writes what came; `observe` is told what came. */
const fetchBatch$ = (
  run: MirrorRun,
  kind: PageKind,
  batch: Batch,
  observe: (found: readonly PageWithBody[]) => void,
): Observable<Step> =>
  inParts$(batch, {
    ask$: (some, before) => {
      const ids = some.map(({ page }) => page.id);
      return run.wiki.fetchPages$(kind, ids, run.options.format).pipe(
        tap(observe),
        map((found) => found.filter((page) => isOfSpace(run, page))),
        mergeMap((found) => sortBodies$(run, kind, some, found)),
        mergeMap(({ good, doubtful }) => merge(writePages$(run, some, good), alone$(run, doubtful, before))),
      );
    },
    failed$: (some, error, tried) => {
      if (!isFatal(error) && consequenceOf(error).inParts) return alone$(run, some, tried);
      const pages = some.map(({ page }) => page);
      return failed$(run, pages, error, tried);
    },
  });

/** Each turn takes a batch, as large as the bodies seen so far suggest; turns for which nothing is left are empty. */
const kindLane$ = (run: MirrorRun, kind: PageKind, pages: Batch): Observable<Step> =>
  defer(() => {
    let size: BatchSize = unknownBatchSize;
    let taken = 0;
    const observe = (found: readonly PageWithBody[]): void => {
      size = observeBatch(size, found.length, weigh(found));
    };
    const turn$ = (): Observable<Step> => {
      // A batch without ids would list the whole site.
      if (taken >= pages.length) return EMPTY;
      const batch = pages.slice(taken, taken + nextBatchSize(size));
      taken += batch.length;
      return fetchBatch$(run, kind, batch, observe);
    };
    return range(0, pages.length).pipe(
      adaptiveMergeMap(turn$, {
        limit$: run.limit$.pipe(map((limit) => Math.min(limit, MAX_BATCHES))),
        drain$: run.stop$,
      }),
    );
  });

/**
 * Fetches and writes the planned pages and blog posts in batches of ids. A batch that fails for its content is halved
 * until the page that causes it stands alone; what a batch leaves out in silence, or gives without a body or in an older
 * version, is asked for by itself.
 */
export const pagesLane$ = (run: MirrorRun, planned: Batch): Observable<Step> =>
  merge(
    ...(['page', 'blogpost'] as const).map((kind) =>
      kindLane$(
        run,
        kind,
        planned.filter(({ page }) => page.kind === kind),
      ),
    ),
  );
