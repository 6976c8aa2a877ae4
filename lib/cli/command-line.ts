import { Parser } from 'yargs/helpers';
import { UsageError } from '../errors/usage-error.js';
import { kebab } from './kebab.js';
import { type Flags, plainBooleans } from './settings/plain-booleans.js';

/** What is asked for on the command line, before it is checked. */
export interface CommandLine {
  /** The first word; undefined when there is none. */
  readonly command: string | undefined;
  /** The second word. */
  readonly folder: string | undefined;
  /** The arguments, each boolean as `--flag=true` or `--flag=false`. */
  readonly args: readonly string[];
  /** The flags that stand there, without dashes, in kebab-case. */
  readonly given: ReadonlySet<string>;
  readonly config: string | undefined;
  readonly isHelp: boolean;
}

/** The flags of every command. */
export const COMMON_FLAGS = {
  help: { type: 'boolean', alias: 'h', describe: 'show this' },
  version: { type: 'boolean', alias: 'V', describe: 'show the version' },
} as const satisfies Flags;

/** What has no value of its own, and what is short for another. */
const spelledOut = (arg: string): string => {
  if (arg === '--sandbox') return '--sandbox=on';
  if (arg === '--no-sandbox') return '--sandbox=off';
  return arg === '--no-attachments' ? '--attachments=none' : arg;
};

/** `help pull` stands for `pull --help`. */
const helpAsFlag = (args: readonly string[]): readonly string[] =>
  args[0] === 'help' ? [...args.slice(1), '--help'] : args;

/**
 * Yargs takes `--no-` before any flag and gives it the value false, which few have a meaning for.
 * @throws UsageError
 */
const refuseNegated = (args: readonly string[], flags: Flags): void => {
  for (const arg of args) {
    if (arg === '--') return;
    const [, typed = ''] = /^--no-([^=]+)/.exec(arg) ?? [];
    const name = kebab(typed);
    const options = flags[name];
    if (options === undefined || options.type === 'boolean' || options.coerce !== undefined) continue;
    throw new UsageError(`There is no flag --no-${typed}: --${name} has a value, or is left out.`);
  }
};

const namesOf = (flags: Flags, type: string): string[] =>
  Object.entries(flags).flatMap(([name, options]) => (options.type === type ? [name] : []));

const aliasesOf = (flags: Flags): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(flags).flatMap(([name, { alias }]) =>
      typeof alias === 'string' ? [[name, [alias]]] : [],
    ),
  );

/**
 * Reads the command line as far as is needed to know what else is to be read.
 * @throws UsageError for a boolean that has another value, and for the opposite of what is none
 */
export const readCommandLine = (
  argv: readonly string[],
  flagsOf: Readonly<Record<string, Flags>>,
): CommandLine => {
  const spelled = helpAsFlag(argv).map(spelledOut);
  const command =
    spelled.find((arg) => Object.hasOwn(flagsOf, arg)) ?? spelled.find((arg) => !arg.startsWith('-'));
  const flags: Flags = { ...(command === undefined ? {} : flagsOf[command]), ...COMMON_FLAGS };
  refuseNegated(spelled, flags);
  const args = plainBooleans(spelled, flags);
  const { _: words, ...found } = Parser([...args], {
    boolean: namesOf(flags, 'boolean'),
    string: namesOf(flags, 'string'),
    alias: aliasesOf(flags),
    configuration: { 'greedy-arrays': false },
  });
  return {
    command,
    folder: words[1] === undefined ? undefined : String(words[1]),
    args,
    given: new Set(Object.keys(found).map(kebab)),
    config: typeof found.config === 'string' ? found.config : undefined,
    isHelp: found.help === true,
  };
};
