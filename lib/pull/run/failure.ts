import { EMPTY, type Observable, from, throwError } from 'rxjs';
import type { Kind } from '../../core/kinds.js';
import type { FailedItem } from '../../events/failed-item.js';
import type { IncompleteListing } from '../../events/incomplete-listing.js';
import type { Gap } from '../../core/content.js';
import { consequenceOf, isRetryable } from '../../errors/consequence.js';
import { isHttpError } from '../../errors/http-error.js';
import { MediaError } from '../../errors/media-error.js';
import { RefusedFileError } from '../../errors/refused-file-error.js';
import { isRxsyncError, type RxsyncError } from '../../errors/rxsync-error.js';
import { RateLimitWaitError } from '../../errors/rate-limit-wait-error.js';
import type { Run } from './run.js';
import type { Step } from './step.js';

export interface Subject {
  readonly kind: Kind;
  readonly id: string;
  readonly title: string;
}

/** True when nothing further may be asked of the wiki; what it has answered already is still good. */
const isRefusal = (error: unknown): error is RxsyncError =>
  isRxsyncError(error) && consequenceOf(error).costs === 'wiki';

/** True for what no other item would fare better with: the run ends. Everything else fails its item only. */
export const isFatal = (error: unknown): boolean => {
  const { costs } = consequenceOf(error);
  return costs === 'wiki' || costs === 'run';
};

/**
 * True when a listing of something beside the pages costs no more than what it lists. A wait that is too long on one lane
 * is no more than that, either: on all of them, the next request tells.
 */
export const costsOnlyItsKind = (error: unknown): boolean =>
  !isFatal(error) || error instanceof RateLimitWaitError;

const AGAIN = 'The next pull tries it again.';
const ADVICE: Readonly<Record<string, string>> = {
  'http-403': 'Ask for permission to read it, then pull again.',
  'http-404': `It is hidden from this account, or the wiki has lost it: open it there. ${AGAIN}`,
  'http-500': `Open it in the wiki: if it does not show there either, edit and save it. ${AGAIN}`,
  'media-length': `Open it in the wiki: if it is damaged there, upload it again. ${AGAIN}`,
};

const adviceOn = (error: unknown): string => {
  if (!isRxsyncError(error)) return AGAIN;
  const { hint, code } = error;
  return ADVICE[code] ?? hint ?? (isRetryable(error) ? AGAIN : `Please report it. ${AGAIN}`);
};

const statusOf = (error: unknown): number | undefined =>
  isHttpError(error) || error instanceof MediaError ? error.status : undefined;

/** How often something was tried until it failed. */
export const attemptsOf = (error: unknown): number => (isRxsyncError(error) ? error.attempts : 1);

const LISTED_AGAIN = 'The next pull lists it again.';

const adviceOnListing = (error: unknown): string =>
  isHttpError(error) || !isRxsyncError(error) ? LISTED_AGAIN : (error.hint ?? LISTED_AGAIN);

/** What is told of a listing that is not whole. */
export const incompleteListing = ({ of, error }: Gap): IncompleteListing => {
  const status = statusOf(error);
  return {
    of,
    code: isRxsyncError(error) ? error.code : 'unknown',
    ...(status !== undefined && { status }),
    message: error instanceof Error ? error.message : String(error),
    hint: adviceOnListing(error),
  };
};

/** The step that reports an item as failed. */
export const failedStep = (
  { kind, id, title }: Subject,
  error: unknown,
  attempts = attemptsOf(error),
): Step => {
  const status = statusOf(error);
  const failed: FailedItem = {
    kind,
    id,
    title,
    code: isRxsyncError(error) ? error.code : 'unknown',
    ...(status !== undefined && { status }),
    ...(error instanceof RefusedFileError && { path: error.path }),
    retryable: isRetryable(error),
    attempts,
    message: error instanceof Error ? error.message : String(error),
    hint: adviceOn(error),
  };
  return { type: 'outcome', kind, result: 'failed', failed, event: { type: 'item.failed', ...failed } };
};

/** What the work on an item comes to: the step that reports it as failed when that costs no more than the item. */
export const orFailed = async <T>(subject: Subject, work: () => Promise<T>): Promise<T | Step> => {
  try {
    return await work();
  } catch (error) {
    if (isFatal(error)) throw error;
    return failedStep(subject, error);
  }
};

/**
 * What becomes of items whose request or work has failed: each is reported as failed, or the run ends. After a refusal
 * it ends softly: what else is in flight is finished first.
 */
export const failed$ = (
  run: Pick<Run, 'halt'>,
  subjects: readonly Subject[],
  error: unknown,
  attempts = attemptsOf(error),
): Observable<Step> => {
  if (isRefusal(error)) {
    run.halt(error);
    return EMPTY;
  }
  if (isFatal(error)) return throwError(() => error);
  return from(subjects.map((subject) => failedStep(subject, error, attempts)));
};
