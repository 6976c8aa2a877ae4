import path from 'node:path';
import { type Subscription, from, lastValueFrom, mergeMap, take } from 'rxjs';
import { parseByteSize } from '../../core/byte-size.js';
import { lazy } from '../../core/lazy.js';
import { OptionsError } from '../../errors/options-error.js';
import { OutputError } from '../../errors/output-error.js';
import { EXIT, STOP_EXIT } from '../../errors/rxsync-error.js';
import { UsageError } from '../../errors/usage-error.js';
import { liveDeps } from '../../pull/run/live-deps.js';
import { type MirrorOptions, resolveOptions } from '../../pull/run/pull-options.js';
import type { WikiOptions } from '../../pull/run/wiki-options.js';
import { createWiki, type Wiki } from '../../pull/wiki/create-wiki.js';
import type { Connection } from '../connection.js';
import { fitErr } from '../fit.js';
import { listOf } from '../list-of.js';
import { openLogFile } from '../log-file.js';
import { openWiki } from '../open-wiki.js';
import type { Cli } from '../cli.js';
import type { PullFlags } from './pull-flags.js';
import { spaceKeys } from '../space-key.js';
import { type StopSignals, stopSignals } from '../stop-signals.js';
import { tellOnce } from '../tell-once.js';
import { worseExit } from '../worse-exit.js';
import { everySpace, isEverySpace } from './every-space.js';
import { lackingText } from './lacking-text.js';
import { everyTarget, type Placed, type PullTarget, pullTargets } from './pull-targets.js';
import { type PullTies, runPull } from './run-pull.js';

/** The spaces that are named. */
const spacesOf = ({ space }: PullFlags, url: string): string[] =>
  space === undefined ? [] : spaceKeys(space, url);

/** The commas that part ancestors: one of a title may stand in an address. */
const BETWEEN_ANCESTORS = /,(?=\s*(?:https?:|\d+\s*(?:,|$)))/i;
/** Those that part types: others may stand in braces. */
const BETWEEN_TYPES = /,(?![^{}]*\})/;

const sizeOf = (size: string | null | undefined): number | null | undefined => {
  if (size === null || size === undefined) return size;
  const bytes = parseByteSize(size);
  if (bytes !== undefined) return bytes;
  throw new OptionsError('attachmentMaxSize', size, 'be a size above 0, such as 500K, 10M or 1.5G, or off');
};

/** Timers reach no further. */
const MAX_SECONDS = 2_147_483;

const inMs = (flag: string, seconds: number, min: number): number => {
  if (seconds >= min && seconds <= MAX_SECONDS) return Math.round(seconds * 1000);
  throw new OptionsError(flag, seconds, `be a number of seconds from ${min} to ${MAX_SECONDS}`);
};

const wikiOptionsFrom = (flags: PullFlags, connection: Connection): WikiOptions => ({
  ...connection,
  ...(flags.concurrency !== undefined && { concurrency: flags.concurrency }),
  ...(flags.maxConcurrency !== undefined && { maxConcurrency: flags.maxConcurrency }),
  ...(flags.mediaHost !== undefined && { mediaHosts: listOf(flags.mediaHost) }),
  attachmentConcurrency: flags.attachmentConcurrency,
  maxRetries: flags.maxRetries,
  timeoutMs: inMs('timeout', flags.timeout, 0.001),
  maxWaitMs: inMs('maxWait', flags.maxWait, 0),
  quotaReserve: flags.quotaReserve,
  allowHttp: flags.allowHttp,
});

const optionsFrom = (flags: PullFlags, { dir, space }: PullTarget): MirrorOptions => ({
  dir,
  ...(space !== undefined && { space }),
  ...(flags.maxDelete !== undefined && { maxDelete: flags.maxDelete }),
  full: flags.full,
  checkDeletions: flags.checkDeletions,
  ancestor: flags.ancestor && listOf(flags.ancestor, BETWEEN_ANCESTORS),
  label: flags.label,
  cql: flags.cql,
  format: flags.format,
  flavor: flags.flavor,
  attachments: flags.attachments,
  attachmentMaxBytes: sizeOf(flags.attachmentMaxSize),
  attachmentTypes: flags.attachmentTypes && listOf(flags.attachmentTypes, BETWEEN_TYPES),
  comments: flags.comments,
  labels: flags.labels,
  dryRun: flags.dryRun,
  tellUnchanged: flags.verbose,
  force: flags.force,
});

/** Ends of a run after which the next space would fare no better. */
const ENDS_ALL: ReadonlySet<number> = new Set([
  EXIT.credentials,
  EXIT.rateLimited,
  EXIT.sigint,
  EXIT.sigterm,
]);

/** What is pulled, and where to; why not, once a stop is asked for. */
const targetsOf = async (
  flags: PullFlags,
  wiki: Wiki,
  { signals }: PullTies,
): Promise<readonly Placed[] | string> => {
  const spaces = spacesOf(flags, wiki.url);
  // What is wrong with an option is told once, and before anything is asked of the wiki.
  resolveOptions({ ...optionsFrom(flags, { dir: flags.dir }), wiki });
  const every = lazy(() => everySpace(wiki, signals));
  if (isEverySpace(spaces)) {
    const visible = await every();
    return typeof visible === 'string' ? visible : everyTarget(flags.dir, visible);
  }
  let stopped: string | undefined;
  const targets = await pullTargets(flags.dir, spaces, async () => {
    const visible = await every();
    if (typeof visible !== 'string') return visible.spaces;
    stopped = visible;
    return [];
  });
  return stopped ?? targets;
};

/** A page is in one space only. */
const checkAncestor = ({ ancestor }: PullFlags, targets: readonly Placed[]): void => {
  if (ancestor === undefined || ancestor === null || targets.length <= 1) return;
  throw new UsageError(`--ancestor is in one space, but ${targets.length} are to be pulled.`, {
    hint: 'Name its space with --space, and pull the others by themselves.',
  });
};

/** So many spaces are pulled at the same time: what one waits for the others use. */
const SIDE_BY_SIDE = 3;

const nameOf = ({ dir, space }: PullTarget): string => space ?? path.basename(path.resolve(dir));

/** What several pulls are told apart by, and what each may take. */
const sideBySide = (target: PullTarget): Pick<PullTies, 'label' | 'heapBytes'> => ({
  label: nameOf(target),
  heapBytes: Math.floor(liveDeps.heapBytes / SIDE_BY_SIDE),
});

/** Pulls each of the spaces, some side by side and all under one governor, until one ends it for all. */
const pullEach = async (
  flags: PullFlags,
  connection: Connection,
  ties: PullTies,
  cli: Cli,
): Promise<void> => {
  const wiki = createWiki(wikiOptionsFrom(flags, connection));
  const targets = await targetsOf(flags, wiki, ties);
  if (typeof targets === 'string') {
    cli.setExitCode(STOP_EXIT[targets] ?? EXIT.failed);
    if (!flags.quiet) cli.terminal.err('Not begun: the spaces are not listed yet.\n');
    return;
  }
  checkAncestor(flags, targets);
  const world = { ...cli, errors: tellOnce(cli.errors, ENDS_ALL) };
  const exitCodes: (number | undefined)[] = targets.map(() => undefined);
  const { stoppedBy } = ties.signals;
  const begun = (): number[] => exitCodes.flatMap((code) => code ?? []);
  const isOver = (): boolean => stoppedBy() !== undefined || begun().some((code) => ENDS_ALL.has(code));
  const pullOne = async (target: Placed, index: number): Promise<void> => {
    if (isOver()) return;
    if ('error' in target) exitCodes[index] = cli.errors.report(target.error);
    else {
      const own = targets.length > 1 ? { ...ties, ...sideBySide(target) } : ties;
      exitCodes[index] = await runPull({ ...optionsFrom(flags, target), wiki }, flags, own, world);
    }
    cli.setExitCode(begun().reduce(worseExit));
  };
  await lastValueFrom(from(targets).pipe(mergeMap(pullOne, SIDE_BY_SIDE)), { defaultValue: undefined });
  const reason = stoppedBy();
  if (reason !== undefined && exitCodes.includes(undefined))
    cli.setExitCode([...begun(), STOP_EXIT[reason] ?? EXIT.failed].reduce(worseExit));
  const outcomes = targets.flatMap((target, index) =>
    'dir' in target ? { name: nameOf(target), exitCode: exitCodes[index] } : [],
  );
  // What was told of one scrolls away above what the others tell.
  const isTold = targets.length > 1 || exitCodes.includes(undefined);
  const text = isTold ? lackingText(outcomes) : undefined;
  if (text !== undefined && !flags.quiet) cli.terminal.err(`${fitErr(text, cli.terminal)}\n`);
};

/** Reasons to stop of which there is nobody to tell. */
const isOutput = (reason: string): boolean => reason === 'EPIPE' || reason === 'output';

/** Says once that a first signal was heard. */
const tellStop = ({ stop$ }: StopSignals, { quiet }: PullFlags, { terminal }: Cli): Subscription =>
  stop$.pipe(take(1)).subscribe((reason) => {
    const text = 'Stopping: finishing what is in flight. Once more to stop at once.';
    if (!quiet && !isOutput(reason)) terminal.err(`${fitErr(text, terminal)}\n`);
  });

/** What runs when the log takes no more: the pull cannot go on unseen. */
const stopUnlogged =
  (signals: StopSignals, { errors, setExitCode }: Cli) =>
  (error: Error): void => {
    signals.stop('output');
    errors.tell(new OutputError(error));
    setExitCode(EXIT.failed);
  };

/** Pulls what the flags ask for, into one mirror or several. */
export const pullAll = async (flags: PullFlags, cli: Cli): Promise<void> => {
  const wiki = await openWiki(flags, cli);
  const signals = stopSignals();
  try {
    const log = openLogFile(flags.logFile, stopUnlogged(signals, cli));
    const telling = tellStop(signals, flags, cli);
    try {
      await pullEach(flags, wiki.connection, { signals, log }, cli);
    } finally {
      telling.unsubscribe();
      log.close();
    }
  } finally {
    await wiki.close();
    signals.dispose();
  }
};
