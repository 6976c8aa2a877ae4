import { lastValueFrom } from 'rxjs';
import { EXIT } from '../errors/rxsync-error.js';
import { type Verification, verifyMirror } from '../store/verify-mirror.js';
import { untilAborted } from './abort-of.js';
import { compareRemote$, type RemoteDifference } from './compare-remote.js';
import { absoluteOf } from '../store/folder-paths.js';
import { asCalled } from './run/as-called.js';
import { checkHandlers, checkNames, text } from './run/check-options.js';
import { type FromWiki, resolveWiki } from './run/pull-options.js';
import { WIKI_OPTIONS } from './run/wiki-options.js';

/** What a `verify` compares with, and what stops it. */
export interface VerifyOptions {
  /** The wiki to compare with, too, by a listing without bodies. @default none: nothing is asked of a wiki */
  readonly remote?: FromWiki | undefined;
  /** Rejects with its reason when it is aborted before; what is in flight is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** How a mirror differs from its records, and from its wiki where that was asked. */
export interface VerifyResult extends Verification {
  readonly remote?: RemoteDifference;
  /** 0 when all is as it should be, 3 when something differs, or is not known. */
  readonly exitCode: number;
}

type Verified = Omit<VerifyResult, 'exitCode'>;

/** How many differences there are. */
export const differenceCount = ({
  missing,
  changed,
  linked,
  unreadable,
  unrecorded,
  remote,
}: Verified): number =>
  missing.length +
  changed.length +
  linked.length +
  unreadable.length +
  unrecorded.length +
  (remote === undefined ? 0 : remote.stale.length + remote.missing.length + remote.gone.length);

/** Whether something of the wiki or of the records is not known, so that nobody can say that the mirror is as the wiki is. */
export const isUncertain = ({ remote, failedCount, incomplete, damage, lostState }: Verified): boolean =>
  damage !== undefined ||
  lostState !== undefined ||
  failedCount > 0 ||
  incomplete.length > 0 ||
  (remote !== undefined && (remote.incomplete.length > 0 || remote.hidden > 0 || remote.leftOut > 0));

const exitCodeOf = (verified: Verified): number =>
  differenceCount(verified) === 0 && !isUncertain(verified) ? EXIT.complete : EXIT.partial;

/**
 * Compares the files of the mirror in `dir` with its records, by hash, and with `remote` the records with the wiki. Changes and
 * locks nothing.
 * @throws OptionsError, NoMirrorError, StoreError (as a rejection); with `remote` what a pull raises before its first body
 *
 * @example
 * import { pull, verify } from 'rxsync';
 *
 * const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken, MIRROR: dir = 'wiki' } = process.env;
 * const wiki = { url, credentials: { email, apiToken } };
 * await pull({ ...wiki, space: 'LARGE', dir });
 * const { changed, remote, exitCode } = await verify(dir, { remote: wiki });
 * console.log(changed.length, remote.stale.length, exitCode);
 * // prints 0 0 0
 */
export const verify = async (dir: string, options: VerifyOptions = {}): Promise<VerifyResult> => {
  checkNames(options, ['remote', 'signal']);
  checkHandlers(options);
  const { signal } = options;
  const remote = options.remote && asCalled(options.remote);
  signal?.throwIfAborted();
  text('dir', dir, 'name the folder of the mirror');
  if (remote !== undefined) {
    checkNames(remote, [...WIKI_OPTIONS, 'wiki']);
    resolveWiki(remote);
  }
  const place = absoluteOf(dir);
  const local = await verifyMirror(dir, Date.now, signal);
  const verified: Verified =
    remote === undefined
      ? local
      : {
          ...local,
          remote: await lastValueFrom(compareRemote$({ ...remote, dir: place }).pipe(untilAborted(signal))),
        };
  return { ...verified, exitCode: exitCodeOf(verified) };
};
