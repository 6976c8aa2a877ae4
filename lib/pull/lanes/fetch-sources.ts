import {
  EMPTY,
  type Observable,
  catchError,
  concat,
  defer,
  filter,
  map,
  merge,
  mergeMap,
  toArray,
} from 'rxjs';
import type { ListedPage, PageKind, PageWithBody } from '../../core/content.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { consequenceOf } from '../../errors/consequence.js';
import { chunks } from '../../core/unique.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { isFatal } from '../run/failure.js';
import { inParts$ } from '../run/in-parts.js';
import { isOfSpace, sortBodies$ } from './sort-bodies.js';

const IDS_PER_REQUEST = 250;

const asPlanned = (page: ListedPage): PlannedPage => ({ page, base: '', change: 'relinked' });

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Notes for all of them why they cannot be had, unless nothing else could be had either. */
const lose$ = (run: MirrorRun, pages: readonly ListedPage[], error: unknown): Observable<never> => {
  if (isFatal(error)) throw error;
  for (const { id } of pages) run.sources.lose(id, reasonOf(error));
  return EMPTY;
};

/** One that a bulk request leaves out, gives without a text or in an older version, or fails for. */
const askAlone$ = (run: MirrorRun, page: ListedPage): Observable<PageWithBody> =>
  run.wiki.fetchPage$(page.kind, page.id, 'storage').pipe(
    filter((found) => isOfSpace(run, found)),
    toArray(),
    mergeMap((found) => sortBodies$(run, page.kind, [asPlanned(page)], found)),
    mergeMap(({ good }) => {
      if (good.size === 0) run.sources.lose(page.id, 'The wiki gives no text of it in storage format.');
      return good.values();
    }),
    catchError((error: unknown) => lose$(run, [page], error)),
  );

const alone$ = (run: MirrorRun, pages: readonly ListedPage[]): Observable<PageWithBody> =>
  concat(...pages.map((page) => defer(() => askAlone$(run, page))));

const ofKind$ = (run: MirrorRun, kind: PageKind, pages: readonly ListedPage[]): Observable<PageWithBody> =>
  inParts$(pages, {
    ask$: (some) => {
      const ids = some.map(({ id }) => id);
      return run.wiki.fetchPages$(kind, ids, 'storage').pipe(
        map((found) => found.filter((page) => isOfSpace(run, page))),
        mergeMap((found) => sortBodies$(run, kind, some.map(asPlanned), found)),
        mergeMap(({ good, doubtful }) =>
          concat(
            good.values(),
            alone$(
              run,
              doubtful.map(({ page }) => page),
            ),
          ),
        ),
      );
    },
    failed$: (some, error) =>
      !isFatal(error) && consequenceOf(error).inParts ? alone$(run, some) : lose$(run, some, error),
  });

/**
 * Asks for the texts of pages in bulk. Those that cannot be had are missing, and the run's memo of sources knows why. Fails
 * with what ends the run.
 */
export const fetchSources$ = (run: MirrorRun, pages: readonly ListedPage[]): Observable<PageWithBody> =>
  merge(
    ...(['page', 'blogpost'] as const).flatMap((kind) =>
      chunks(
        pages.filter((page) => page.kind === kind),
        IDS_PER_REQUEST,
      ).map((some) => ofKind$(run, kind, some)),
    ),
  );
