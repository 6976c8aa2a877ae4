import { lastValueFrom, tap } from 'rxjs';
import type { EventOf, RxsyncEvent } from '../events/events.js';
import { abortOf$ } from './abort-of.js';
import { pull$ } from './pull.js';
import type { FromWiki, MirrorOptions } from './run/pull-options.js';

/** How a `pull` that did not fail has ended. */
export type PullSummary = EventOf<'run.finished'> | EventOf<'run.interrupted'>;

/** What a `pull` tells while it runs, and what stops it. */
export interface PullHandlers {
  /** Stops softly: active work is finished and a checkpoint saved; the summary is then `run.interrupted`, `exitCode` 130. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RxsyncEvent) => void;
}

const isSummary = (event: RxsyncEvent): event is PullSummary =>
  event.type === 'run.finished' || event.type === 'run.interrupted';

/**
 * Mirrors one space; resolves to its summary, also when items failed (`exitCode` 3) or `signal` stopped it (130).
 * @throws RxsyncError (as a rejection) when the run failed
 *
 * @example
 * import { pull, RxsyncError } from 'rxsync';
 *
 * const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken, MIRROR: dir = 'wiki' } = process.env;
 * const options = { url, credentials: { email, apiToken }, space: 'LARGE', dir };
 * const paths = [];
 * const onEvent = (event) => event.type === 'page.written' && paths.push(event.path);
 * const { exitCode } = await pull(options, { onEvent, signal: AbortSignal.timeout(60_000) });
 * console.log(exitCode, paths.length);
 * // prints 0 15
 *
 * const failure = await pull({ ...options, space: 'NONE' }).catch((error) => error);
 * console.log(failure instanceof RxsyncError, failure.code, failure.exitCode);
 * // prints true space-not-found 10
 */
export const pull = async (
  options: MirrorOptions & FromWiki,
  { signal, onEvent }: PullHandlers = {},
): Promise<PullSummary> => {
  const events$ = pull$(options, signal ? { stop$: abortOf$(signal) } : {});
  const last = await lastValueFrom(events$.pipe(tap((event) => onEvent?.(event))));
  if (!isSummary(last)) throw new Error(`A pull has ended with ${last.type}.`);
  return last;
};
