import { defer } from 'rxjs';
import { parseAddress } from '../confluence/address.js';
import { must, OptionsError } from '../errors/options-error.js';
import type { PullOptions } from '../pull/run/pull-options.js';
import type { ReadState } from '../store/state-file.js';
import { addressFinding } from './access.js';
import { type Answer, answerTo } from './answer.js';
import { type DoctorDeps, liveDoctorDeps } from './doctor-deps.js';
import type { Estimate } from './estimate.js';
import { examineWiki } from './examine-wiki.js';
import { exitCodeFor, failure, type Finding, skipped } from './finding.js';
import { diskFinding, folderFinding } from './folder.js';
import { mirrorFinding } from './mirror.js';

/** How to reach the wiki. */
export type Connection = Pick<PullOptions, 'url' | 'credentials' | 'ca' | 'allowHttp' | 'mediaHosts'>;

export interface DiagnoseOptions {
  /** Folder of the mirror, which need not exist. */
  readonly dir: string;
  /** Key of the space. @default the one that `dir` mirrors */
  readonly space?: string;
  /** Or why there is none. */
  readonly connection: Answer<Connection>;
  /** The proxy that the environment names, without credentials. */
  readonly proxy?: string;
  /** Bytes in words. */
  readonly humanBytes: (bytes: number) => string;
}

/** All that was found. */
export interface Diagnosis {
  readonly checks: readonly Finding[];
  /** What the first pull of the space comes to; null when that cannot be told. */
  readonly estimate: Estimate | null;
  /** What a pull would exit with. */
  readonly exitCode: number;
}

/** Looks at the folder: what its file system does, and what it holds. */
async function* examineFolder({ dir, space }: DiagnoseOptions, deps: DoctorDeps) {
  const folder = await answerTo(defer(() => deps.probeFolder(dir)));
  yield folderFinding(folder);
  const mirror = await answerTo(defer(() => deps.readMirror(dir)));
  yield 'error' in mirror
    ? failure('mirror', mirror.error)
    : mirrorFinding(mirror.value, space !== undefined);
  return {
    freeBytes: 'error' in folder ? undefined : folder.value.freeBytes,
    mirror: 'error' in mirror ? undefined : mirror.value,
  };
}

const badAddress = (error: unknown): Finding =>
  error instanceof OptionsError
    ? failure('address', error, {
        message: `\`url\` ${must(error.rule, error.value)}`,
        cure: 'Set it as a browser shows it, up to the end of the host: https://example.atlassian.net.',
      })
    : failure('address', error);

/** Looks at the wiki, as far as there is a way to it. */
async function* examineConnection(
  { connection, space, dir, proxy }: DiagnoseOptions,
  read: ReadState,
  deps: DoctorDeps,
): AsyncGenerator<Finding, Estimate | undefined> {
  if ('error' in connection) {
    yield failure('address', connection.error);
    yield skipped('reach', 'Without address and credentials nothing can be asked of the wiki.');
    return undefined;
  }
  const { url, allowHttp = false } = connection.value;
  try {
    yield addressFinding(parseAddress(url, { allowHttp }), proxy);
  } catch (error) {
    yield badAddress(error);
    return undefined;
  }
  return yield* examineWiki({ ...connection.value, dir, ...(space !== undefined && { space }) }, read, deps);
}

/**
 * Looks at everything that a pull needs, one thing after the other, and yields what it finds; returns all of it. Changes
 * nothing; of a long listing it reads the beginning only.
 */
export async function* diagnose(
  options: DiagnoseOptions,
  deps: DoctorDeps = liveDoctorDeps,
): AsyncGenerator<Finding, Diagnosis> {
  const checks: Finding[] = [];
  async function* told<R>(findings: AsyncGenerator<Finding, R>): AsyncGenerator<Finding, R> {
    for (;;) {
      const next = await findings.next();
      if (next.done === true) return next.value;
      checks.push(next.value);
      yield next.value;
    }
  }
  const { mirror, freeBytes } = yield* told(examineFolder(options, deps));
  const estimate = yield* told(examineConnection(options, mirror?.state ?? { kind: 'none' }, deps));
  if (estimate !== undefined && freeBytes !== undefined && mirror === undefined) {
    const finding = diskFinding(freeBytes, estimate.bytes, options.humanBytes);
    checks.push(finding);
    yield finding;
  }
  return { checks, estimate: estimate ?? null, exitCode: exitCodeFor(checks) };
}
