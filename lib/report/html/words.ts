import { humanDuration, quantity } from '../../core/human.js';
import { EXIT } from '../../errors/rxsync-error.js';
import type { RunSummary } from '../../events/run-summary.js';

/** How a run ended, as it is shown. */
export type Outcome = 'complete' | 'partial' | 'interrupted' | 'failed';

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  complete: 'complete',
  partial: 'finished, some failed',
  interrupted: 'interrupted',
  failed: 'failed',
};

export const outcomeOf = ({ ending, exitCode }: RunSummary): Outcome => {
  if (ending !== 'finished') return ending;
  return exitCode === EXIT.complete ? 'complete' : 'partial';
};

export const durationOf = ({ startedAt, endedAt }: RunSummary): number =>
  Date.parse(endedAt) - Date.parse(startedAt);

/** How it ended, in words. */
export const outcomeText = (run: RunSummary): string => {
  const { reason, error, failedCount, incomplete } = run;
  if (reason !== undefined) return `interrupted (${reason})`;
  if (error) return `failed (${error.code})`;
  const lacks = [
    ...(failedCount > 0 ? [`${quantity(failedCount, 'item')} failed`] : []),
    ...(incomplete.length > 0 ? [`${quantity(incomplete.length, 'listing')} not whole`] : []),
  ];
  return lacks.length > 0 ? `finished, ${lacks.join(', ')}` : OUTCOMES[outcomeOf(run)];
};

/** A duration of a run: under ten seconds to the tenth. */
export const tookText = (ms: number): string =>
  ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : humanDuration(ms);
