import { ignoreElements, lastValueFrom, map, takeUntil, tap } from 'rxjs';
import { EXIT, STOP_EXIT } from '../../errors/rxsync-error.js';
import { pull$ } from '../../pull/pull.js';
import type { InWiki, MirrorOptions } from '../../pull/run/pull-options.js';
import { encodeEvent } from '../../events/encode-event.js';
import type { RxsyncEvent } from '../../events/events.js';
import type { Cli } from '../cli.js';
import { keepLeanWith } from '../lean-heap.js';
import type { LogFile } from '../log-file.js';
import { fitErr } from '../fit.js';
import { eventInFlags } from '../name-flags.js';
import { chooseRenderer } from '../render/choose-renderer.js';
import { type Account, accountOf, emptyAccount, jsonOf, keepItem, textOf } from '../render/account.js';
import { labelled } from '../render/labelled.js';
import { planLine } from '../render/summary.js';
import { styleFor } from '../render/style.js';
import type { StopSignals } from '../stop-signals.js';
import type { PullFlags } from './pull-flags.js';

/** Columns of a terminal that does not tell. */
const WIDTH = 80;

/** What a pull is tied to: what may stop it, and where it is logged. */
export interface PullTies {
  readonly signals: StopSignals;
  readonly log: LogFile;
  /** What several pulls at once are told apart by. */
  readonly label?: string;
  /** How large the heap of one pull may grow, where there are several at once. */
  readonly heapBytes?: number;
}

/** Runs one pull, shows it, and returns what the process shall exit with. */
export const runPull = async (
  options: MirrorOptions & InWiki,
  flags: PullFlags,
  { signals, log, label, heapBytes }: PullTies,
  { env, terminal, errors }: Cli,
): Promise<number> => {
  const mode = flags.quiet && flags.progress === 'auto' ? 'none' : flags.progress;
  const style = styleFor({ isTty: terminal.isErrTty, color: flags.color, env });
  const look = { isVerbose: flags.verbose, isQuiet: flags.quiet, style, label };
  const renderer = chooseRenderer(mode, { terminal, term: env.TERM }, look);
  const isShown = !flags.quiet && mode !== 'ndjson';
  let account: Account = emptyAccount();
  const take = (event: RxsyncEvent): void => {
    account = accountOf(account, event);
    if (event.type === 'inventory.done') keepLeanWith(event.toFetch.pages);
    if (event.type !== 'item.planned') return;
    if (flags.json) keepItem(account, event);
    if (isShown) terminal.err(`${labelled(planLine(event, style), look)}\n`);
  };
  try {
    const events$ = pull$(options, {
      stop$: signals.stop$,
      ...(heapBytes !== undefined && { heapBytes }),
    }).pipe(
      map(eventInFlags),
      tap((event) => {
        log.write(encodeEvent(event));
        renderer.render(event);
        take(event);
      }),
      ignoreElements(),
      takeUntil(signals.abort$.pipe(tap((abortedBy) => (account = { ...account, abortedBy })))),
    );
    await lastValueFrom(events$, { defaultValue: undefined });
    renderer.end();
    const text = textOf(account, { dir: options.dir, width: terminal.columns() || WIDTH, style });
    // What is missing from the mirror is no part of a quiet success.
    const isTold = isShown || (mode !== 'ndjson' && account.end?.exitCode === EXIT.partial);
    if (isTold && text !== undefined) terminal.err(`${fitErr(text, terminal)}\n`);
  } catch (error) {
    renderer.end();
    if (account.end === undefined) return errors.report(error);
    errors.tell(error);
  }
  // The last of the events is the summary already.
  if (flags.json && mode !== 'ndjson' && account.end) terminal.out(jsonOf(account));
  if (account.abortedBy !== undefined) return STOP_EXIT[account.abortedBy] ?? EXIT.failed;
  return account.end?.exitCode ?? EXIT.failed;
};
