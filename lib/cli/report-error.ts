import { jsonLine } from '../core/json-line.js';
import { must, OptionsError } from '../errors/options-error.js';
import { EXIT, isRxsyncError } from '../errors/rxsync-error.js';
import { nameFlags } from './name-flags.js';
import { printable } from '../core/printable.js';
import type { Style } from './render/style.js';
import { booleanOf } from './settings/boolean-word.js';
import { type Flags, plainBooleans } from './settings/plain-booleans.js';
import type { Terminal } from './terminal.js';

/** How errors are told. */
export interface Manner {
  /** One object on stdout, too. */
  readonly json: boolean;
  /** With stack traces. */
  readonly verbose: boolean;
  /** In colour or not; undefined when nobody says. */
  readonly color?: boolean | undefined;
}

export interface ErrorTellers {
  /** Tells an error that other output has told already. */
  readonly tell: (error: unknown) => void;
  /** Tells an error that ends a command before it has anything else to show; returns the exit code. */
  readonly report: (error: unknown) => number;
  /** What programs read of an error. */
  readonly describe: (error: unknown) => object;
}

/** Names an option as its user knows it: `--max-delete`. */
export type NameOf = (option: string) => string;

type Environment = Readonly<Record<string, string | undefined>>;

/** What a boolean is set to, the command line before the environment; what is no boolean is told elsewhere. */
const valueOf = (flag: keyof Manner, args: readonly string[], env: Environment): boolean | undefined => {
  const start = `--${flag}=`;
  const typed = args.findLast((arg) => arg.startsWith(start))?.slice(start.length);
  return booleanOf(typed ?? env[`RXSYNC_${flag.toUpperCase()}`] ?? '');
};

const MANNER = {
  json: { type: 'boolean' },
  verbose: { type: 'boolean', alias: 'v' },
  color: { type: 'boolean' },
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
  const [json = false, verbose = false] = [valueOf('json', args, env), valueOf('verbose', args, env)];
  return { json, verbose, color: valueOf('color', args, env) };
};

const messageOf = (error: unknown, nameOf: NameOf): string => {
  if (error instanceof OptionsError)
    return `${nameOf(error.option)} ${must(nameFlags(error.rule), error.value)}`;
  return nameFlags(error instanceof Error ? error.message : String(error));
};

const stacks = (error: Error): string =>
  `${(error.stack ?? '')
    .split('\n')
    .map((line) => printable(nameFlags(line)))
    .join('\n')}${error.cause instanceof Error ? `\ncaused by: ${stacks(error.cause)}` : ''}`;

const textOf = (error: unknown, isVerbose: boolean, nameOf: NameOf, { bad }: Style): string => {
  const hint =
    isRxsyncError(error) && error.hint !== undefined
      ? error.hint
          .split('\n')
          .map((line) => `\n  ${printable(nameFlags(line))}`)
          .join('')
      : '';
  const unexpected = isRxsyncError(error) ? '' : 'unexpected: ';
  const stack = isVerbose && error instanceof Error ? `\n${stacks(error)}` : '';
  return `${bad('rxsync:')} ${unexpected}${printable(messageOf(error, nameOf))}${hint}${stack}\n`;
};

/** As `run.failed`, of which a run that has not begun knows no more. */
const objectOf = (error: unknown, nameOf: NameOf): object => ({
  type: 'run.failed',
  code: isRxsyncError(error) ? error.code : 'unexpected',
  message: messageOf(error, nameOf),
  ...(isRxsyncError(error) && error.hint !== undefined && { hint: nameFlags(error.hint) }),
  exitCode: exitCodeOf(error),
});

export const exitCodeOf = (error: unknown): number => (isRxsyncError(error) ? error.exitCode : EXIT.failed);

/** What tells errors: `tell` to people what happened and what to do, `report` to programs, too. */
export const errorTellers = (
  { out, err }: Pick<Terminal, 'out' | 'err'>,
  { json, verbose }: Manner,
  nameOf: NameOf,
  style: Style,
): ErrorTellers => {
  const tell = (error: unknown): void => err(textOf(error, verbose, nameOf, style));
  const describe = (error: unknown): object => objectOf(error, nameOf);
  return {
    tell,
    describe,
    report: (error) => {
      tell(error);
      if (json) out(jsonLine(describe(error)));
      return exitCodeOf(error);
    },
  };
};
