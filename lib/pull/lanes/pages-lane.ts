import { type Observable, concat, from, merge, mergeMap } from 'rxjs';
import type { PageKind } from '../../core/content.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { failed$ } from '../run/failure.js';
import type { Step } from '../run/step.js';
import { fetchAlone$ } from './fetch-alone.js';
import { inBulk } from './in-bulk.js';
import { isOfSpace, sortBodies$ } from './sort-bodies.js';
import { writePages$ } from './write-pages.js';

type Batch = readonly PlannedPage[];

const pagesOf = (batch: Batch) => batch.map(({ page }) => page);

const alone$ = (run: MirrorRun, batch: Batch, before: number): Observable<Step> =>
  concat(...batch.map((planned) => fetchAlone$(run, planned, before)));

const kindLane$ = (run: MirrorRun, kind: PageKind, pages: Batch): Observable<Step> =>
  from(pages).pipe(
    inBulk({
      batches: run.shares.batches,
      limit$: run.limit$,
      drain$: run.stop$,
      fetch$: (some) =>
        run.wiki.fetchPages$(
          kind,
          pagesOf(some).map(({ id }) => id),
          run.options.format,
        ),
      sort$: (some, answer, before) => {
        const found = answer.filter((page) => isOfSpace(run, page));
        return sortBodies$(run, kind, some, found).pipe(
          mergeMap(({ good, doubtful }) =>
            merge(writePages$(run, some, good), alone$(run, doubtful, before)),
          ),
        );
      },
      alone$: (planned, before) => fetchAlone$(run, planned, before),
      failed$: (some, error, tried) => failed$(run, pagesOf(some), error, tried),
    }),
  );

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
