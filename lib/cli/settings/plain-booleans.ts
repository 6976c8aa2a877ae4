import type { Options } from 'yargs';
import { must } from '../../errors/options-error.js';
import { UsageError } from '../../errors/usage-error.js';
import { kebab } from '../kebab.js';
import { BOOLEAN_RULE, booleanOf } from './boolean-word.js';

export type Flags = Readonly<Record<string, Options>>;

interface Booleans {
  readonly names: ReadonlySet<string>;
  /** One letter each. */
  readonly aliases: ReadonlyMap<string, string>;
}

const booleansOf = (flags: Flags): Booleans => {
  const booleans = Object.entries(flags).filter(([, { type }]) => type === 'boolean');
  return {
    names: new Set(booleans.map(([name]) => name)),
    aliases: new Map(
      booleans.flatMap(([name, { alias }]) => (typeof alias === 'string' ? [[alias, name] as const] : [])),
    ),
  };
};

/** A boolean as it was typed. */
interface Typed {
  readonly name: string;
  readonly typed: string;
  readonly isNegated: boolean;
  readonly word: string | undefined;
}

const long = (arg: string, { names }: Booleans): Typed[] | undefined => {
  const [, typed, word] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
  if (typed === undefined) return undefined;
  const name = kebab(typed);
  if (names.has(name)) return [{ name, typed: `--${typed}`, isNegated: false, word }];
  const positive = name.replace(/^no-/, '');
  return positive !== name && names.has(positive)
    ? [{ name: positive, typed: `--${typed}`, isNegated: true, word }]
    : undefined;
};

/** `-nv` is two flags; a value belongs to the last of them. */
const short = (arg: string, { aliases }: Booleans): Typed[] | undefined => {
  const [, letters, word] = /^-([A-Za-z]+)(?:=(.*))?$/s.exec(arg) ?? [];
  if (letters === undefined) return undefined;
  const found = letters.split('').map((letter, at): Typed | undefined => {
    const name = aliases.get(letter);
    const isLast = at === letters.length - 1;
    return name === undefined
      ? undefined
      : { name, typed: `-${letter}`, isNegated: false, word: isLast ? word : undefined };
  });
  return found.every((each) => each !== undefined) ? found : undefined;
};

/** @throws UsageError for what begins as a boolean and goes on as nothing that there is: `-n1` */
const refuseRest = (arg: string, { aliases }: Booleans): void => {
  const [, letter = ''] = /^-([A-Za-z])/.exec(arg) ?? [];
  const name = aliases.get(letter);
  if (name === undefined) return;
  throw new UsageError(`There is no flag ${arg}.`, {
    hint: `-${letter} is --${name}: a value stands behind a blank or =, as in --${name}=yes.`,
  });
};

const valueOf = ({ typed, isNegated, word }: Typed): boolean => {
  if (word === undefined) return !isNegated;
  if (isNegated) throw new UsageError(`${typed} takes no value, but is given ${JSON.stringify(word)}.`);
  const value = booleanOf(word);
  if (value === undefined) throw new UsageError(`${typed} ${must(BOOLEAN_RULE, word)}`);
  return value;
};

/**
 * The arguments with every boolean flag in the one way that no parser understands as its opposite: `--flag=true` or
 * `--flag=false`. A boolean takes the word after it for its value when that is a boolean, too.
 * @throws UsageError for a value that is no boolean
 */
export const plainBooleans = (args: readonly string[], flags: Flags): string[] => {
  const booleans = booleansOf(flags);
  const end = args.indexOf('--');
  const plain: string[] = [];
  const rest = end < 0 ? [...args] : args.slice(0, end);
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const typed = long(arg, booleans) ?? short(arg, booleans);
    if (typed === undefined) {
      refuseRest(arg, booleans);
      plain.push(arg);
      continue;
    }
    const last = typed.at(-1);
    const [next] = rest;
    const takesNext =
      last?.word === undefined && !last?.isNegated && next !== undefined && booleanOf(next) !== undefined;
    if (takesNext) rest.shift();
    for (const each of typed) {
      const word = takesNext && each === last ? next : each.word;
      plain.push(`--${each.name}=${valueOf({ ...each, word })}`);
    }
  }
  return [...plain, ...(end < 0 ? [] : args.slice(end))];
};
