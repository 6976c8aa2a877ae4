import { UsageError } from '../errors/usage-error.js';
import { closest } from './closest.js';

/** What the command line may say. */
export interface Vocabulary {
  readonly commands: readonly string[];
  /** Names of all flags, without dashes. */
  readonly flags: readonly string[];
}

const didYouMean = (guess: string | undefined, dashes = ''): string =>
  guess === undefined ? '' : ` Did you mean ${dashes}${guess}?`;

/** The argument, as it was typed, that made a flag of this name. */
const flagTyped = (name: string, args: readonly string[]): string | undefined =>
  args
    .map((arg) => arg.replace(/=.*$/s, ''))
    .find(
      (arg) => arg === `--${name}` || arg === `--no-${name}` || (/^-[^-]/.test(arg) && arg.includes(name)),
    );

const unknownArgument = (name: string, args: readonly string[], words: Vocabulary): string => {
  const flag = flagTyped(name, args);
  if (flag !== undefined) return `There is no flag ${flag}.${didYouMean(closest(name, words.flags), '--')}`;
  const command = args.find((arg) => !arg.startsWith('-'));
  if (command !== undefined && words.commands.includes(command))
    return `"${name}" is one argument too many for rxsync ${command}.`;
  return `There is no command "${name}".${didYouMean(closest(name, words.commands))}`;
};

const badChoice = (flag: string, given: string, choices: string): string => {
  const allowed = choices.split(', ').map((choice) => choice.replaceAll('"', ''));
  return `--${flag} must be one of ${allowed.join(', ')}, but is ${given}.${didYouMean(closest(given.replaceAll('"', ''), allowed))}`;
};

/** What yargs says, said of the thing that the user typed. */
const sentence = (message: string, args: readonly string[], words: Vocabulary): string => {
  const [, unknown] = /^Unknown (?:argument|command)s?: ([^,]+)/.exec(message) ?? [];
  if (unknown !== undefined) return unknownArgument(unknown, args, words);
  const [, needy] = /^Not enough arguments following: (.+)$/.exec(message) ?? [];
  if (needy !== undefined) return `--${needy} needs a value.`;
  const [, flag, given, choices] = /Argument: (\S+), Given: (.*?), Choices: (.*)$/.exec(message) ?? [];
  if (flag !== undefined && given !== undefined && choices !== undefined)
    return badChoice(flag, given, choices);
  return message.replace(/\.?$/, '.');
};

/** The error for a command line that yargs does not accept. */
export const usageError = (message: string, args: readonly string[], words: Vocabulary): UsageError =>
  new UsageError(sentence(message, args, words), {
    hint: 'rxsync --help lists the commands, rxsync <command> --help the flags of one.',
  });
