import { consequenceOf } from '../errors/consequence.js';
import { EXIT, isRxsyncError } from '../errors/rxsync-error.js';

/** `warning`: a pull works all the same; `skipped`: what it needs is missing, as another finding says. */
export const HEALTHS = ['ok', 'warning', 'failed', 'skipped'] as const;
/** How an examination has ended. */
export type Health = (typeof HEALTHS)[number];

/** What one check has found. */
export interface Finding {
  /** What was looked at: `address`, `scope pages`. */
  readonly check: string;
  readonly health: Health;
  /** What was found, a sentence. */
  readonly message: string;
  /** What to do about it; each failure and warning has one. */
  readonly cure?: string;
  /** Code of the error, as errors and events of a pull have it. */
  readonly code?: string;
  /** What a pull would exit with for this alone. @default 0, and 3 for a failure */
  readonly exitCode?: number;
  /** Nothing further can be asked of the wiki. @default false */
  readonly isFinal?: boolean;
}

export const ok = (check: string, message: string): Finding => ({ check, health: 'ok', message });

export const warning = (check: string, message: string, cure: string): Finding => ({
  check,
  health: 'warning',
  message,
  cure,
});

export const skipped = (check: string, message: string): Finding => ({ check, health: 'skipped', message });

const UNEXPECTED = 'This is a defect of rxsync; please report it.';
const LATER = 'Run rxsync doctor again; if it stays, ask whoever runs the wiki.';

/** The failure that an error stands for; what costs a part of the mirror only, leaves a pull incomplete. */
export const failure = (check: string, error: unknown, changes: Partial<Finding> = {}): Finding => {
  const message = error instanceof Error ? error.message : String(error);
  if (!isRxsyncError(error))
    return { check, health: 'failed', message, cure: UNEXPECTED, code: 'unexpected', exitCode: EXIT.failed };
  const { costs } = consequenceOf(error);
  const isPartial = costs === 'item' || costs === 'kind';
  return {
    check,
    health: 'failed',
    message,
    cure: error.hint ?? LATER,
    code: error.code,
    exitCode: isPartial ? EXIT.partial : error.exitCode,
    ...(!isPartial && { isFinal: true }),
    ...changes,
  };
};

/** As `failure`, of what a pull cannot do without. */
export const fatalFailure = (check: string, error: unknown): Finding =>
  failure(check, error, { exitCode: isRxsyncError(error) ? error.exitCode : EXIT.failed });

/** What the command exits with: the first failure that would end a pull, else 3 when one would leave it incomplete. */
export const exitCodeFor = (findings: readonly Finding[]): number => {
  const codes = findings.flatMap(({ health, exitCode }) =>
    health === 'failed' ? [exitCode ?? EXIT.partial] : [],
  );
  return codes.find((code) => code !== EXIT.partial) ?? codes[0] ?? EXIT.complete;
};
