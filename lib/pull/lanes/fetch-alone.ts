import { type Observable, catchError, defer, map, mergeMap, of, tap, throwError } from 'rxjs';
import type { PageWithBody } from '../../core/content.js';
import { bodyPath } from '../../core/page-paths.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { dependsOnContent } from '../../errors/depends-on-content.js';
import { isNotVisible } from '../../errors/http-error.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import { attemptsOf, failed$, isFatal } from '../failure.js';
import type { MirrorView } from '../mirror-view.js';
import type { PullRun } from '../pull-run.js';
import type { Step } from '../step.js';
import { writePages$ } from './write-pages.js';

const notVisibleStep = ({ options }: PullRun, { page, base }: PlannedPage): Step => ({
  type: 'outcome',
  kind: page.kind,
  result: 'notVisible',
  event: { type: 'page.skipped', id: page.id, path: bodyPath(base, options.format), reason: 'not-visible' },
});

/** The page in the format of its rendered view, which Markdown can be made of, too; the error comes first otherwise. */
const substitute$ = (
  { wiki, options, notify }: PullRun,
  { page: { kind, id, title } }: PlannedPage,
  error: unknown,
  onFailure: (error: unknown) => void,
): Observable<PageWithBody> => {
  if (!dependsOnContent(error) || isFatal(error) || options.format !== 'markdown')
    return throwError(() => error);
  return wiki.fetchPage$(kind, id, 'view').pipe(
    map((found) => ({ ...found, isSubstitute: true })),
    tap(() =>
      notify({
        type: 'warning',
        code: 'substitute-body',
        message: `The body of ${kind} ${id} "${title}" cannot be had in storage format; its rendered view is mirrored, and the next pull tries again.`,
      }),
    ),
    catchError((other: unknown) => {
      if (isFatal(other)) throw other;
      onFailure(other);
      throw error;
    }),
  );
};

/**
 * Fetches and writes one page by itself: it ends written, not visible, or failed with its reason. `before` counts the
 * tries in batches.
 */
export const fetchAlone$ = (
  run: PullRun,
  store: MirrorStore,
  view: MirrorView,
  planned: PlannedPage,
  before: number,
): Observable<Step> =>
  defer(() => {
    const { page } = planned;
    let attempts = before;
    const count = (error: unknown): void => {
      attempts += attemptsOf(error);
    };
    return run.wiki.fetchPage$(page.kind, page.id, run.options.format).pipe(
      tap({ error: count }),
      catchError((error: unknown) => substitute$(run, planned, error, count)),
      mergeMap((found) =>
        found.status === 'current'
          ? writePages$(run, store, view, [planned], new Map([[found.id, found]]))
          : of(notVisibleStep(run, planned)),
      ),
      catchError((error: unknown) =>
        isNotVisible(error) ? of(notVisibleStep(run, planned)) : failed$(run, [page], error, attempts),
      ),
    );
  });
