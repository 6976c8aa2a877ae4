import { type Observable, catchError, concatAll, endWith, of } from 'rxjs';
import { failed$, type Subject } from '../run/failure.js';
import type { Run } from '../run/run.js';
import type { Step } from '../run/step.js';

/** Does `work$` once the names of all these accounts are known; when they cannot be had, the items fail. */
export const withNames$ = (
  run: Run,
  accountIds: Iterable<string>,
  subjects: readonly Subject[],
  work$: Observable<Step>,
): Observable<Step> =>
  run.people.learn$(accountIds).pipe(
    endWith(work$),
    catchError((error: unknown) => of(failed$(run, subjects, error))),
    concatAll(),
  );
