import { UsageError } from '../errors/usage-error.js';
import {
  CredentialsError,
  isRxsyncError,
  OptionsError,
  RateLimitWaitError,
  type RxsyncEvent,
} from '../index.js';
import type { Problem } from './tenant-state.js';

/** How the pull of one space has ended. */
export type Outcome =
  | { readonly type: 'fresh' }
  | { readonly type: 'problem'; readonly problem: Problem }
  /** It was stopped with a checkpoint. */
  | { readonly type: 'left' }
  /** Neither will any other space of the tenant fare better. */
  | { readonly type: 'refused'; readonly problem: Problem }
  | { readonly type: 'held' };

/** The engine keeps it in places that are meant for little. */
const MOST_LETTERS = 200;

const problem = (code: string, message: string): Problem => ({
  code,
  message: message.length > MOST_LETTERS ? `${message.slice(0, MOST_LETTERS - 1)}…` : message,
});

export const problemOf = (error: unknown): Problem =>
  problem(
    isRxsyncError(error) ? error.code : 'unexpected',
    error instanceof Error ? error.message : String(error),
  );

/** By the last event of a pull. */
export const outcomeOfEnd = (event: RxsyncEvent): Outcome => {
  if (event.type !== 'run.finished') return { type: 'left' };
  if (event.exitCode === 0) return { type: 'fresh' };
  const [first] = [...event.failedItems, ...event.incomplete];
  const count = event.failedItems.length + event.incomplete.length;
  return {
    type: 'problem',
    problem: problem('incomplete', `${count} left behind, such as: ${first?.message ?? 'unknown'}`),
  };
};

/** What the fleet file, or the place of the worker, has to mend before anything of the tenant can be pulled. */
const REFUSALS = [CredentialsError, OptionsError, UsageError];

export const outcomeOfError = (error: unknown): Outcome => {
  if (REFUSALS.some((each) => error instanceof each)) return { type: 'refused', problem: problemOf(error) };
  if (error instanceof RateLimitWaitError) return { type: 'held' };
  return { type: 'problem', problem: problemOf(error) };
};
