import { EXIT, isRxsyncError } from '../errors/rxsync-error.js';
import { printable } from './printable.js';

/** One sentence on what went wrong and one on what to do; the stack only with `--verbose`. */
export const describeError = (error: unknown, isVerbose: boolean): string => {
  const message = error instanceof Error ? error.message : String(error);
  const hint = isRxsyncError(error) && error.hint !== undefined ? `\n  ${printable(error.hint)}` : '';
  const unexpected = isRxsyncError(error) ? '' : 'unexpected: ';
  const stack = isVerbose && error instanceof Error ? `\n${stacks(error)}` : '';
  return `rxsync: ${unexpected}${printable(message)}${hint}${stack}`;
};

const stacks = (error: Error): string =>
  `${(error.stack ?? '').split('\n').map(printable).join('\n')}${error.cause instanceof Error ? `\ncaused by: ${stacks(error.cause)}` : ''}`;

export const exitCodeOf = (error: unknown): number => (isRxsyncError(error) ? error.exitCode : EXIT.failed);
