import {
  EMPTY,
  type Observable,
  catchError,
  concat,
  concatMap,
  connect,
  defer,
  dematerialize,
  endWith,
  forkJoin,
  from,
  ignoreElements,
  map,
  materialize,
  merge,
  mergeMap,
  switchMap,
  take,
  takeUntil,
  throwError,
  toArray,
} from 'rxjs';
import type { ListedPage, PageWithBody, Space } from '../../core/content.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { type FileStamp, recordKey } from '../../core/records.js';
import { AttachmentTable } from '../../store/attachment-table.js';
import { noRows } from '../../store/rows.js';
import type { Store } from '../../store/store.js';
import { layoutOf } from '../render/mirror-layout.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { renderPage } from '../render/render-page.js';
import type { StartedRun } from '../run/start-run.js';
import { asListed, isOfSpace } from './sort-bodies.js';

/** Enough to see what comes, and little work for nothing. */
const FEW = 25;

/** A file that stands in the mirror, though the record of its page does not tell of it. */
interface Early {
  readonly key: string;
  readonly stamp: FileStamp;
}

/** As if nothing else were in the space. */
const runWith = (run: StartedRun, store: Store, space: Space, pages: readonly ListedPage[]): MirrorRun => {
  const attachments = new AttachmentTable(noRows);
  const inventory = { space, pages, folders: [], attachments, comments: [], gaps: [] };
  return { ...run, store, layout: layoutOf(run, inventory) };
};

const writeOne = async (
  run: MirrorRun,
  planned: PlannedPage,
  page: PageWithBody,
  note: (early: Early) => void,
): Promise<void> => {
  const key = recordKey(page.kind, page.id);
  const { files } = renderPage(run, planned, asListed(planned, page));
  for (const { path, content } of files) note({ key, stamp: await run.store.writeText(key, path, content) });
};

/**
 * Writes what comes of some pages until `until$` emits; what cannot be written now is written, or fails, when all are known.
 */
const writeSome$ = (
  run: MirrorRun,
  pages: readonly ListedPage[],
  note: (early: Early) => void,
  until$: Observable<unknown>,
): Observable<never> => {
  const ids = pages.map(({ id }) => id);
  const found$ = run.wiki.fetchPages$('page', ids, run.options.format).pipe(takeUntil(until$));
  return found$.pipe(
    concatMap((found) => found.filter((page) => isOfSpace(run, page))),
    mergeMap((page) => {
      const listed = pages.find(({ id }) => id === page.id);
      const base = run.layout.paths.pages.get(page.id);
      if (listed === undefined || base === undefined || page.body === undefined) return EMPTY;
      return defer(() => writeOne(run, { page: listed, base, change: 'new' }, page, note)).pipe(
        catchError(() => EMPTY),
      );
    }),
    catchError(() => EMPTY),
    ignoreElements(),
  );
};

/**
 * Does a survey of a space, and then its work. While the long listing of a space is read that the mirror holds nothing of, the first
 * pages stand in it as they are known by then, for people to see; nothing tells of them. They go before the work, which makes them
 * anew with all others.
 */
export const withFirstPages$ = <S, T>(
  run: StartedRun,
  { store, space }: { readonly store: Store; readonly space: Space },
  survey$: Observable<S>,
  work$: (survey: S) => Observable<T>,
): Observable<T> =>
  defer(() => {
    if (store.withdraw === undefined || store.records.sizes.page.items > 0)
      return survey$.pipe(switchMap(work$));
    const early: Early[] = [];
    const write$ = (listed: readonly ListedPage[], until$: Observable<unknown>): Observable<never> => {
      const pages = listed.slice(0, FEW);
      if (pages.length === 0) return EMPTY;
      return writeSome$(runWith(run, store, space, pages), pages, (each) => early.push(each), until$);
    };
    const withdraw$ = defer(async () => {
      for (const { key, stamp } of early.splice(0)) await store.withdraw?.(key, [stamp]);
    }).pipe(ignoreElements());
    const surveyed$ = survey$.pipe(
      materialize(),
      connect((notes$) => {
        const long$ = merge(run.longListing$, notes$.pipe(map((): readonly ListedPage[] => [])));
        const until$ = merge(run.stop$, notes$);
        const written$ = long$.pipe(
          take(1),
          switchMap((listed) => write$(listed, until$)),
        );
        // Whatever becomes of the survey: what is being written is waited for, and no answer is.
        return forkJoin([notes$.pipe(toArray()), written$.pipe(endWith(undefined))]);
      }),
      mergeMap(([notes]) => from(notes).pipe(dematerialize())),
    );
    const worked$ = surveyed$.pipe(switchMap((survey) => concat(withdraw$, work$(survey))));
    return concat(worked$, withdraw$).pipe(
      catchError((error: unknown) =>
        concat(
          withdraw$.pipe(catchError(() => EMPTY)),
          throwError(() => error),
        ),
      ),
    );
  });
