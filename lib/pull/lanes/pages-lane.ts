import {
  BehaviorSubject,
  type Observable,
  catchError,
  concat,
  concatAll,
  defer,
  map,
  merge,
  of,
  tap,
} from 'rxjs';
import { type BatchSize, nextBatchSize, observeBatch, unknownBatchSize } from '../../core/batch-size.js';
import type { PageKind, PageWithBody } from '../../core/content.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { dependsOnContent } from '../../errors/depends-on-content.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { type CursorPage, expandCursor$ } from '../../operators/expand-cursor.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import { attemptsOf, failed$, isFatal } from '../failure.js';
import type { MirrorView } from '../mirror-view.js';
import type { PullRun } from '../pull-run.js';
import type { Step } from '../step.js';
import { fetchAlone$ } from './fetch-alone.js';
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
  pages.reduce((sum, { body }) => sum + body.length, 0);

const kindLane$ = (
  run: PullRun,
  store: MirrorStore,
  view: MirrorView,
  kind: PageKind,
  pages: Batch,
): Observable<Step> =>
  defer(() => {
    let size: BatchSize = unknownBatchSize;
    const demand = new BehaviorSubject(false);

    const fetch$ = (batch: Batch, before: number): Observable<Step> => {
      const ids = batch.map(({ page }) => page.id);
      return run.wiki.fetchPages$(kind, ids, run.options.format).pipe(
        tap((found) => (size = observeBatch(size, found.length, weigh(found)))),
        map((found) => writeBatch$(batch, found, before)),
        catchError((error: unknown) => of(again$(batch, error, before))),
        concatAll(),
      );
    };

    const writeBatch$ = (batch: Batch, found: readonly PageWithBody[], before: number): Observable<Step> => {
      const byId = new Map(found.map((page) => [page.id, page]));
      const missing = batch.filter(({ page }) => !byId.has(page.id));
      return merge(writePages$(run, store, view, batch, byId), alone$(missing, before));
    };

    const again$ = (batch: Batch, error: unknown, before: number): Observable<Step> => {
      const tried = before + attemptsOf(error);
      if (!isFatal(error) && dependsOnContent(error))
        return batch.length > 1 ? halves$(batch, tried) : alone$(batch, tried);
      const subjects = batch.map(({ page }) => page);
      return failed$(run, subjects, error, tried);
    };

    const halves$ = (batch: Batch, before: number): Observable<Step> => {
      const middle = Math.ceil(batch.length / 2);
      return concat(fetch$(batch.slice(0, middle), before), fetch$(batch.slice(middle), before));
    };

    const alone$ = (batch: Batch, before: number): Observable<Step> =>
      concat(...batch.map((planned) => fetchAlone$(run, store, view, planned, before)));

    return batches$(pages, () => nextBatchSize(size), demand).pipe(
      adaptiveMergeMap((batch) => fetch$(batch, 0), {
        limit$: run.limit$.pipe(map((limit) => Math.min(limit, MAX_BATCHES))),
        drain$: run.stop$,
        demand,
      }),
    );
  });

/**
 * Fetches and writes the planned pages and blog posts in batches of ids. A batch that fails for its content is halved
 * until the page that causes it stands alone; what a batch leaves out in silence is asked for by itself.
 */
export const pagesLane$ = (
  run: PullRun,
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
