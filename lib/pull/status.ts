import { type MirrorStatus, mirrorStatus } from '../store/mirror-status.js';
import { checkHandlers, checkNames, text } from './run/check-options.js';

/** What stops a `status`. */
export interface StatusOptions {
  /** Rejects with its reason when it is aborted before. */
  readonly signal?: AbortSignal;
}

/**
 * Resolves to what the mirror in `dir` holds and how its last pull has ended, without asking the wiki or looking at the files.
 * @throws OptionsError, NoMirrorError, StoreError (as a rejection)
 *
 * @example
 * import { pull, status } from 'rxsync';
 *
 * const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken, MIRROR: dir = 'wiki' } = process.env;
 * await pull({ url, credentials: { email, apiToken }, space: 'LARGE', dir });
 * const { scope, kinds, failedCount } = await status(dir);
 * console.log(scope.space, kinds.page.items, failedCount);
 * // prints LARGE 12 0
 */
export const status = async (dir: string, options: StatusOptions = {}): Promise<MirrorStatus> => {
  checkNames(options, ['signal']);
  checkHandlers(options);
  options.signal?.throwIfAborted();
  return mirrorStatus(text('dir', dir, 'name the folder of the mirror'), Date.now);
};
