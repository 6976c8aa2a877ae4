import { jsonLine } from '../core/json-line.js';
import { must, OptionsError } from '../errors/options-error.js';
import { EXIT, isRxsyncError } from '../errors/rxsync-error.js';
import { printable } from './printable.js';
import type { Terminal } from './render/choose-renderer.js';
import { booleanOf } from './settings/boolean-word.js';
import { type Flags, plainBooleans } from './settings/plain-booleans.js';

/** How errors are told. */
export interface Manner {
  /** One object on stdout, too. */
  readonly json: boolean;
  /** With stack traces. */
  readonly verbose: boolean;
}

export interface ErrorTellers {
  /** Tells an error that other output has told already. */
  readonly tell: (error: unknown) => void;
  /** Tells an error that ends a command before it has anything else to show; returns the exit code. */
  readonly report: (error: unknown) => number;
}

/** Names an option as its user knows it: `--max-delete`. */
export type NameOf = (option: string) => string;

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a boolean is on, the command line before the environment; what is no boolean is told elsewhere. */
const isOn = (flag: keyof Manner, args: readonly string[], env: Environment): boolean => {
  const start = `--${flag}=`;
  const typed = args.findLast((arg) => arg.startsWith(start))?.slice(start.length);
  return booleanOf(typed ?? env[`RXSYNC_${flag.toUpperCase()}`] ?? '') === true;
};

const MANNER = {
  json: { type: 'boolean' },
  verbose: { type: 'boolean', alias: 'v' },
} as const satisfies Flags;

const plainOrNone = (argv: readonly string[]): string[] => {
  try {
    return plainBooleans(argv, MANNER);
  } catch {
    return [];
  }
};

/** The manner that is asked for, by a look at a command line that may be wrong. */
export const mannerIn = (argv: readonly string[], env: Environment): Manner => {
  const args = plainOrNone(argv);
  return { json: isOn('json', args, env), verbose: isOn('verbose', args, env) };
};

const messageOf = (error: unknown, nameOf: NameOf): string => {
  if (error instanceof OptionsError) return `${nameOf(error.option)} ${must(error.rule, error.value)}`;
  return error instanceof Error ? error.message : String(error);
};

const stacks = (error: Error): string =>
  `${(error.stack ?? '').split('\n').map(printable).join('\n')}${error.cause instanceof Error ? `\ncaused by: ${stacks(error.cause)}` : ''}`;

const textOf = (error: unknown, isVerbose: boolean, nameOf: NameOf): string => {
  const hint = isRxsyncError(error) && error.hint !== undefined ? `\n  ${printable(error.hint)}` : '';
  const unexpected = isRxsyncError(error) ? '' : 'unexpected: ';
  const stack = isVerbose && error instanceof Error ? `\n${stacks(error)}` : '';
  return `rxsync: ${unexpected}${printable(messageOf(error, nameOf))}${hint}${stack}\n`;
};

/** As `run.failed`, of which a run that has not begun knows no more. */
const objectOf = (error: unknown, nameOf: NameOf): object => ({
  type: 'run.failed',
  code: isRxsyncError(error) ? error.code : 'unexpected',
  message: messageOf(error, nameOf),
  ...(isRxsyncError(error) && error.hint !== undefined && { hint: error.hint }),
  exitCode: exitCodeOf(error),
});

export const exitCodeOf = (error: unknown): number => (isRxsyncError(error) ? error.exitCode : EXIT.failed);

/** What tells errors: `tell` to people what happened and what to do, `report` to programs, too. */
export const errorTellers = (
  { out, err }: Pick<Terminal, 'out' | 'err'>,
  { json, verbose }: Manner,
  nameOf: NameOf,
): ErrorTellers => {
  const tell = (error: unknown): void => err(textOf(error, verbose, nameOf));
  return {
    tell,
    report: (error) => {
      tell(error);
      if (json) out(jsonLine(objectOf(error, nameOf)));
      return exitCodeOf(error);
    },
  };
};
