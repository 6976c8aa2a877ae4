/** Process exit codes (CONTRACT "Exit codes"). */
export const EXIT = {
  complete: 0,
  failed: 1,
  usage: 2,
  partial: 3,
  noSpace: 10,
  locked: 11,
  credentials: 12,
  rateLimited: 13,
  refusedDeletion: 14,
  sighup: 129,
  sigint: 130,
  readerGone: 141,
  sigterm: 143,
} as const;

/**
 * What the command exits with once a run has been stopped, by the reason: the signal's name, `EPIPE` when the reader of
 * stdout went away, `output` when stdout takes no more for another reason.
 */
export const STOP_EXIT: Readonly<Record<string, number>> = {
  SIGHUP: EXIT.sighup,
  SIGINT: EXIT.sigint,
  SIGTERM: EXIT.sigterm,
  EPIPE: EXIT.readerGone,
  output: EXIT.failed,
};

/** What every error of rxsync may say beside its message. */
export interface RxsyncErrorOptions {
  /** What the user can do about it, as a sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * Base of every error that rxsync raises on purpose. `message` says what happened, to what and why; `hint` what to
 * do. Tell them apart by class or by `code`, never by message.
 */
export abstract class RxsyncError extends Error {
  abstract readonly code: string;
  /** What the command exits with when this error ends the run. */
  readonly exitCode: number = EXIT.failed;
  readonly hint: string | undefined;
  /** How often it was tried until this was the answer; whoever tries again counts it up. */
  attempts = 1;

  constructor(message: string, options: RxsyncErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
  }
}

/** Whether an error is one of rxsync, with `code`, `hint` and `exitCode`. */
export const isRxsyncError = (error: unknown): error is RxsyncError => error instanceof RxsyncError;
