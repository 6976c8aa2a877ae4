import { humanBytes } from '../core/human.js';
import { checkCredentials, checkHandlers, checkNames, text } from '../pull/run/check-options.js';
import { type Connection, diagnose, type Diagnosis } from './doctor.js';
import { type DoctorDeps, liveDoctorDeps } from './doctor-deps.js';
import type { Finding } from './finding.js';

/** What to examine. */
export interface DoctorOptions extends Connection {
  /** Folder of the mirror, which need not exist. */
  readonly dir: string;
  /** Key of the space. @default the one that `dir` mirrors */
  readonly space?: string;
}

/** What a `doctor` tells while it examines, and what stops it. */
export interface DoctorHandlers {
  /** Told of each finding as it is made. */
  readonly onFinding?: (finding: Finding) => void;
  /** Rejects with its reason when it is aborted before; what is in flight is aborted. */
  readonly signal?: AbortSignal;
}

const NAMES = {
  url: true,
  credentials: true,
  ca: true,
  allowHttp: true,
  mediaHosts: true,
  dir: true,
  space: true,
} as const satisfies Record<keyof DoctorOptions, true>;

/** What is in flight ends with the signal. */
const endingWith = (deps: DoctorDeps, signal: AbortSignal | undefined): DoctorDeps =>
  signal === undefined
    ? deps
    : {
        ...deps,
        connect: (options, gate, chance) =>
          deps.connect(options, { ...gate, ending: AbortSignal.any([gate.ending, signal]) }, chance),
      };

/** Tells the findings as they are made; resolves to all of them. */
export const followFindings = async (
  findings: AsyncGenerator<Finding, Diagnosis>,
  { onFinding, signal }: DoctorHandlers,
): Promise<Diagnosis> => {
  try {
    for (;;) {
      const next = await findings.next();
      signal?.throwIfAborted();
      if (next.done === true) return next.value;
      onFinding?.(next.value);
    }
  } finally {
    await findings.return({ checks: [], estimate: null, exitCode: 0 });
  }
};

/**
 * Checks everything that a pull of a space into `dir` needs: folder and mirror, address, credentials, scopes, the space, a page, a
 * file, limits, clock; and what a first pull comes to. Changes nothing, reads at most the first 2,000 pages of a listing, and waits
 * for no limit longer than a minute. Resolves to what it has found, whatever that is: what is wrong is a finding with its `cure`,
 * and `exitCode` is that which a pull would have.
 * @throws OptionsError (as a rejection) naming option, value and rule
 *
 * @example
 * import { doctor } from 'rxsync';
 *
 * const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken, MIRROR: dir = 'wiki' } = process.env;
 * const options = { url, credentials: { email, apiToken }, space: 'LARGE', dir };
 * const { checks, estimate, exitCode } = await doctor(options);
 * const failed = checks.filter(({ health }) => health === 'failed');
 * console.log(failed.length, estimate.pages, exitCode);
 * // prints 0 12 0
 */
export const doctor = async (options: DoctorOptions, handlers: DoctorHandlers = {}): Promise<Diagnosis> => {
  checkNames(options, Object.keys(NAMES));
  const { dir, space, ...connection } = options;
  text('url', connection.url, 'be an address such as https://example.atlassian.net');
  checkCredentials(connection.credentials);
  text('dir', dir, 'name the folder of the mirror');
  checkNames(handlers, ['onFinding', 'signal']);
  checkHandlers(handlers, { onFinding: handlers.onFinding });
  const { signal } = handlers;
  signal?.throwIfAborted();
  const what = { dir, ...(space !== undefined && { space }), connection: { value: connection }, humanBytes };
  return followFindings(diagnose(what, endingWith(liveDoctorDeps, signal)), handlers);
};
