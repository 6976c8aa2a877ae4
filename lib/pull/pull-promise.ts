import { EMPTY, ReplaySubject, lastValueFrom, merge, tap } from 'rxjs';
import type { EventOf, RxsyncEvent } from '../events/events.js';
import { abortOf$ } from './abort-of.js';
import { pull$ } from './pull.js';
import { checkHandlers, checkNames } from './run/check-options.js';
import type { FromWiki, MirrorOptions } from './run/pull-options.js';

/** How a `pull` that did not fail has ended. */
export type PullSummary = EventOf<'run.finished'> | EventOf<'run.interrupted'>;

/** What a `pull` tells while it runs, and what stops it. */
export interface PullHandlers {
  /** Stops softly: active work is finished and a checkpoint saved; the summary is then `run.interrupted`, `exitCode` 130. */
  readonly signal?: AbortSignal;
  /**
   * What it throws stops the run softly, and is what `pull` rejects with when the run has ended; what a Promise that it returns
   * rejects with, too. Events do not wait for that Promise, the end of `pull` does.
   */
  readonly onEvent?: (event: RxsyncEvent) => void;
}

const isSummary = (event: RxsyncEvent): event is PullSummary =>
  event.type === 'run.finished' || event.type === 'run.interrupted';

/**
 * Mirrors one space; resolves to its summary, also when items failed (`exitCode` 3) or `signal` stopped it (130).
 * @throws RxsyncError (as a rejection) when the run failed; OptionsError before anything is done; what `onEvent` throws
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
  handlers: PullHandlers = {},
): Promise<PullSummary> => {
  checkNames(handlers, ['onEvent', 'signal']);
  const { signal, onEvent } = handlers;
  checkHandlers(handlers, { onEvent });
  const thrown: unknown[] = [];
  const broken$ = new ReplaySubject<string>(1);
  const breakOff = (error: unknown): void => {
    thrown.push(error);
    broken$.next('aborted');
  };
  const pending = new Set<Promise<unknown>>();
  const tell = (event: RxsyncEvent): void => {
    if (thrown.length > 0) return;
    try {
      const told: unknown = onEvent?.(event);
      if (!(told instanceof Promise)) return;
      const done = told.catch(breakOff).finally(() => pending.delete(done));
      pending.add(done);
    } catch (error) {
      breakOff(error);
    }
  };
  const stop$ = merge(signal ? abortOf$(signal) : EMPTY, broken$);
  try {
    const last = await lastValueFrom(pull$(options, { stop$ }).pipe(tap(tell)));
    await Promise.all(pending);
    if (thrown.length > 0) throw thrown[0];
    if (!isSummary(last)) throw new Error(`A pull has ended with ${last.type}.`);
    return last;
  } catch (error) {
    throw thrown.length > 0 ? thrown[0] : error;
  }
};
