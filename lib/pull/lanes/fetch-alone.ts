import { type Observable, catchError, defer, map, mergeMap, of, tap, throwError } from 'rxjs';
import type { PageWithBody } from '../../core/content.js';
import { whereaboutsByStatus } from '../../core/departures.js';
import { isAdf, isEmptyBody } from '../../core/empty-body.js';
import { bodyPath } from '../../core/page-paths.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { consequenceOf } from '../../errors/consequence.js';
import { isRefusedItem } from '../../errors/http-error.js';
import { MalformedResponseError } from '../../errors/malformed-response-error.js';
import { attemptsOf, failed$, isFatal } from '../run/failure.js';
import { checkFits } from '../render/converting.js';
import type { MirrorRun } from '../render/mirror-run.js';
import type { Run } from '../run/run.js';
import type { Step } from '../run/step.js';
import { asListed, isEmpty, isOfSpace, OTHER_FORMAT } from './sort-bodies.js';
import { writePages$ } from './write-pages.js';

const goneStep = ({ options }: Run, { page, base }: PlannedPage): Step => ({
  type: 'outcome',
  kind: page.kind,
  result: 'notVisible',
  event: { type: 'page.skipped', id: page.id, path: bodyPath(base, options.format), reason: 'not-visible' },
});

const warn = ({ notify, options }: Run, code: string, { page, base }: PlannedPage, what: string): void =>
  notify({
    type: 'warning',
    code,
    message: `The body of ${page.kind} ${page.id} "${page.title}" (${bodyPath(base, options.format)}) ${what}`,
  });

type CountTries = (error: unknown) => void;

/** The page in its rendered view, which Markdown can be made of, too; undefined when that cannot be had either. */
const view$ = (
  { wiki, options }: Run,
  { page: { kind, id } }: PlannedPage,
  count: CountTries,
): Observable<PageWithBody | undefined> => {
  if (options.format !== 'markdown') return of(undefined);
  return wiki.fetchPage$(kind, id, 'view').pipe(
    catchError((error: unknown) => {
      if (isFatal(error)) throw error;
      count(error);
      return of(undefined);
    }),
  );
};

/** Instead of a body that the wiki fails to give; the error itself when there is nothing instead. */
const substitute$ = (
  run: Run,
  planned: PlannedPage,
  error: unknown,
  count: CountTries,
): Observable<PageWithBody> => {
  if (isFatal(error) || !consequenceOf(error).inParts) return throwError(() => error);
  return view$(run, planned, count).pipe(
    map((found) => {
      if (found?.body === undefined) throw error;
      warn(
        run,
        'substitute-body',
        planned,
        'cannot be had in storage format; its rendered view is mirrored, and the next pull tries again.',
      );
      return { ...found, isSubstitute: true };
    }),
  );
};

/** The page without text, if it has none in the other format either. */
const trulyEmpty$ = (run: Run, page: PageWithBody, count: CountTries): Observable<PageWithBody> => {
  const { format } = run.options;
  const other = OTHER_FORMAT[format];
  return run.wiki.fetchPage$(page.kind, page.id, other).pipe(
    tap({ error: count }),
    map(({ body = '' }) => {
      if (isEmpty(run, body, other)) return page;
      throw new MalformedResponseError(
        `The body of ${page.kind} ${page.id} comes empty in the format ${format}, though it has a text.`,
      );
    }),
  );
};

/** Instead of a body that is empty or did not come; one that comes in no format is a failure. */
const fill$ = (
  run: Run,
  planned: PlannedPage,
  page: PageWithBody,
  count: CountTries,
): Observable<PageWithBody> => {
  const { format } = run.options;
  if (page.body !== undefined && format === 'adf') checkFits(run, `Page ${page.id}`, [page.body], format);
  if (page.body !== undefined && !isEmptyBody(page.body, format)) {
    if (format !== 'adf' || isAdf(page.body)) return of(page);
    throw new MalformedResponseError(`The body of ${page.kind} ${page.id} is no ADF document.`);
  }
  if (page.body !== undefined && format !== 'markdown') return trulyEmpty$(run, page, count);
  return view$(run, planned, count).pipe(
    map((found): PageWithBody => {
      if (found?.body !== undefined && found.body.trim() !== '') {
        warn(run, 'substitute-body', planned, 'is empty in storage format; its rendered view is mirrored.');
        return found;
      }
      if (page.body !== undefined) return page;
      throw new MalformedResponseError(`The body of ${page.kind} ${page.id} did not come in any format.`);
    }),
  );
};

const tellStale = (run: Run, planned: PlannedPage, { version }: PageWithBody): void => {
  if (version < planned.page.version)
    warn(
      run,
      'stale-body',
      planned,
      `is older than the listing says (version ${version} instead of ${planned.page.version}); the next pull asks for it again.`,
    );
};

/** Whether the page has left the tree since it was listed; what is neither there nor gone is no text for readers. */
const isGone = ({ kind, id, status }: PageWithBody): boolean => {
  const where = whereaboutsByStatus(status);
  if (where !== 'unknown') return where === 'gone';
  throw new MalformedResponseError(
    `The wiki answers for ${kind} ${id} with a text of the status "${status}".`,
  );
};

const checkSpace = (run: MirrorRun, page: PageWithBody): void => {
  if (isOfSpace(run, page)) return;
  throw new MalformedResponseError(
    `The wiki answers for ${page.kind} ${page.id} with one of another space (${page.spaceId}).`,
  );
};

/** Whether the database has the page in the trash or the archive: then it has gone since it was listed. */
const hasGone$ = ({ wiki }: Run, { page: { kind, id } }: PlannedPage): Observable<boolean> =>
  wiki.pagesById$(kind, [id]).pipe(
    map((found) => (found.get(id)?.status ?? 'current') !== 'current'),
    catchError((error: unknown) => {
      if (isFatal(error)) throw error;
      return of(false);
    }),
  );

/**
 * Fetches and writes one page by itself: it ends written, gone since it was listed, or failed with its reason. `before`
 * counts the tries in batches.
 */
export const fetchAlone$ = (run: MirrorRun, planned: PlannedPage, before: number): Observable<Step> =>
  defer(() => {
    const { page } = planned;
    let attempts = before;
    const count: CountTries = (error) => {
      attempts += attemptsOf(error);
    };
    return run.wiki.fetchPage$(page.kind, page.id, run.options.format).pipe(
      tap({ error: count }),
      catchError((error: unknown) => substitute$(run, planned, error, count)),
      tap((found) => checkSpace(run, found)),
      mergeMap((found) =>
        isGone(found)
          ? of(goneStep(run, planned))
          : fill$(run, planned, asListed(planned, found), count).pipe(
              tap((filled) => tellStale(run, planned, filled)),
              mergeMap((filled) => writePages$(run, [planned], new Map([[filled.id, filled]]))),
            ),
      ),
      catchError((error: unknown) =>
        isRefusedItem(error)
          ? hasGone$(run, planned).pipe(
              mergeMap((hasGone) =>
                hasGone ? of(goneStep(run, planned)) : failed$(run, [page], error, attempts),
              ),
            )
          : failed$(run, [page], error, attempts),
      ),
    );
  });
