import { jsonLine } from '../../core/json-line.js';
import { Subscription, ignoreElements, lastValueFrom, take, takeUntil, tap } from 'rxjs';
import { EXIT, SIGNAL_EXIT } from '../../errors/rxsync-error.js';
import type {
  InventoryDone,
  RunFailed,
  RunFinished,
  RunInterrupted,
  RxsyncEvent,
} from '../../events/events.js';
import { pull$ } from '../../pull/pull.js';
import type { PullOptions } from '../../pull/run/pull-options.js';
import type { Cli } from '../cli.js';
import { chooseRenderer } from '../render/choose-renderer.js';
import { planSummary, summary } from '../render/summary.js';
import type { StopSignals } from '../stop-signals.js';
import type { PullFlags } from './pull-flags.js';

type End = RunFinished | RunInterrupted | RunFailed;

const isEnd = (event: RxsyncEvent): event is RxsyncEvent & End =>
  event.type === 'run.finished' || event.type === 'run.interrupted' || event.type === 'run.failed';

const tellSignals = (signals: StopSignals, tell: (text: string) => void): Subscription =>
  signals.stop$.pipe(take(1)).subscribe((reason) => {
    if (reason !== 'EPIPE') tell('Stopping: finishing what is in flight. Once more to stop at once.');
  });

/** What a run has come to, as far as it went. */
interface Outcome {
  end?: End;
  plan?: InventoryDone;
  /** The second signal, which cut the run off. */
  abortedBy?: string;
}

const textOf = ({ end, plan }: Outcome, dir: string): string | undefined => {
  if (end === undefined || end.type === 'run.failed') return undefined;
  return end.type === 'run.finished' && end.dryRun && plan ? planSummary(plan, end) : summary(end, dir);
};

const jsonOf = ({ end, plan }: Outcome): string =>
  jsonLine(end?.type === 'run.finished' && end.dryRun ? { ...end, plan } : end);

const follow = (
  outcome: Outcome,
  options: PullOptions,
  signals: StopSignals,
  render: (event: RxsyncEvent) => void,
) =>
  pull$(options, { stop$: signals.stop$ }).pipe(
    tap((event) => {
      render(event);
      if (isEnd(event)) outcome.end = event;
      if (event.type === 'inventory.done') outcome.plan = event;
    }),
    ignoreElements(),
    takeUntil(signals.abort$.pipe(tap((signal) => (outcome.abortedBy = signal)))),
  );

/** Runs one pull, shows it, and returns what the process shall exit with. */
export const runPull = async (
  options: PullOptions,
  flags: PullFlags,
  signals: StopSignals,
  { terminal, errors }: Cli,
): Promise<number> => {
  const mode = flags.quiet && flags.progress === 'auto' ? 'none' : flags.progress;
  const renderer = chooseRenderer(mode, terminal, flags.verbose);
  const tell = (text: string | undefined): void => {
    if (text !== undefined) terminal.err(`${text}\n`);
  };
  const telling = flags.quiet ? Subscription.EMPTY : tellSignals(signals, renderer.note);
  const outcome: Outcome = {};
  try {
    await lastValueFrom(follow(outcome, options, signals, renderer.render), { defaultValue: undefined });
    renderer.end();
    if (!flags.quiet && mode !== 'ndjson') tell(textOf(outcome, options.dir));
  } catch (error) {
    renderer.end();
    if (outcome.end === undefined) return errors.report(error);
    errors.tell(error);
  } finally {
    telling.unsubscribe();
  }
  if (flags.json && outcome.end) terminal.out(jsonOf(outcome));
  if (outcome.abortedBy !== undefined) return SIGNAL_EXIT[outcome.abortedBy] ?? EXIT.failed;
  return outcome.end?.exitCode ?? EXIT.failed;
};
