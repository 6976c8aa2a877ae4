import { Parser } from 'yargs/helpers';
import { UsageError } from '../errors/usage-error.js';
import { kebab } from './kebab.js';
import { type Flags, plainBooleans } from './settings/plain-booleans.js';
import { usageError } from './usage-message.js';

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

/** How yargs reads arguments: a flag has one value a time, and a dot in its name is a dot. */
export const PARSING = { 'greedy-arrays': false, 'dot-notation': false } as const;

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

/** Commands whose words are no folders. */
const WITHOUT_FOLDER: ReadonlySet<string | undefined> = new Set(['fleet', 'completion']);

/** Dashes that are no hyphen-minus, as word processors and web pages have them. */
const DASHES = /^[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+/;

/** A folder under a name that no parser takes for anything else. */
const asFolder = (word: string): string =>
  word === 'help' || word.startsWith('-') || DASHES.test(word) ? `./${word}` : word;

/**
 * The arguments without `--`: what follows it is words, which yargs does not give to any command, as it takes the word `help`
 * for a flag.
 * @throws UsageError for a word that begins with a dash of another kind
 */
const plainWords = (command: string | undefined, args: readonly string[]): readonly string[] => {
  const end = args.indexOf('--');
  const flagged = end < 0 ? args : args.slice(0, end);
  const isValue = (at: number): boolean => /^--[^=]+$/.test(flagged[at - 1] ?? '');
  const words = flagged.map((arg, at) => {
    if (at === 0 || arg.startsWith('-') || isValue(at)) return arg;
    if (!DASHES.test(arg)) return WITHOUT_FOLDER.has(command) ? arg : asFolder(arg);
    const name = arg.replace(DASHES, '');
    const typed = name.length > 1 ? `--${name}` : `-${name}`;
    throw new UsageError(`"${arg}" begins with a dash that is no hyphen, as text from a web page does.`, {
      hint: `Type it anew: "${typed}". A folder of that name is "./${arg}".`,
    });
  });
  return [...words, ...(end < 0 ? [] : args.slice(end + 1).map(asFolder))];
};

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

/** @throws UsageError when the first argument is a word, and no command */
const commandIn = (args: readonly string[], commands: readonly string[]): string | undefined => {
  const [first = '-'] = args;
  if (!first.startsWith('-') && !commands.includes(first))
    throw usageError(`Unknown command: ${first}`, args, { commands, flags: [] });
  return args.find((arg) => commands.includes(arg));
};

/**
 * Reads the command line as far as is needed to know what else is to be read.
 * @throws UsageError for a command that there is not, a boolean that has another value, the opposite of what is none, and a
 * dash that is no hyphen
 */
export const readCommandLine = (
  argv: readonly string[],
  flagsOf: Readonly<Record<string, Flags>>,
): CommandLine => {
  const spelled = helpAsFlag(argv).map(spelledOut);
  const command = commandIn(spelled, Object.keys(flagsOf));
  const flags: Flags = { ...(command === undefined ? {} : flagsOf[command]), ...COMMON_FLAGS };
  refuseNegated(spelled, flags);
  const args = plainWords(command, plainBooleans(spelled, flags));
  const { _: words, ...found } = Parser([...args], {
    boolean: namesOf(flags, 'boolean'),
    string: namesOf(flags, 'string'),
    alias: aliasesOf(flags),
    configuration: PARSING,
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
