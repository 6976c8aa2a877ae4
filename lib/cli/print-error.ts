import { must, OptionsError } from '../errors/options-error.js';
import { EXIT, isRxsyncError } from '../errors/rxsync-error.js';
import { kebab } from './kebab.js';
import { printable } from './printable.js';

/** An option that cannot be is named as it is on the command line. */
const messageOf = (error: unknown): string => {
  if (error instanceof OptionsError) return `--${kebab(error.option)} ${must(error.rule, error.value)}`;
  return error instanceof Error ? error.message : String(error);
};

/** One sentence on what went wrong and one on what to do; the stack only with `--verbose`. */
export const describeError = (error: unknown, isVerbose: boolean): string => {
  const message = messageOf(error);
  const hint = isRxsyncError(error) && error.hint !== undefined ? `\n  ${printable(error.hint)}` : '';
  const unexpected = isRxsyncError(error) ? '' : 'unexpected: ';
  const stack = isVerbose && error instanceof Error ? `\n${stacks(error)}` : '';
  return `rxsync: ${unexpected}${printable(message)}${hint}${stack}`;
};

const stacks = (error: Error): string =>
  `${(error.stack ?? '').split('\n').map(printable).join('\n')}${error.cause instanceof Error ? `\ncaused by: ${stacks(error.cause)}` : ''}`;

export const exitCodeOf = (error: unknown): number => (isRxsyncError(error) ? error.exitCode : EXIT.failed);
