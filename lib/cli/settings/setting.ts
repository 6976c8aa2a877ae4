import type { Options } from 'yargs';
import { must } from '../../errors/options-error.js';
import { UsageError } from '../../errors/usage-error.js';
import { closest } from '../closest.js';
import { BOOLEAN_RULE, booleanOf } from './boolean-word.js';

/** The value of a flag that the environment or a config file sets. */
export interface Setting {
  /** Without dashes. */
  readonly flag: string;
  readonly value: unknown;
  /** Who sets it, as the user knows it: `RXSYNC_FORMAT`. */
  readonly origin: string;
}

/** A value as it was written. */
export type Written = string | readonly string[];

const refuse = (origin: string, rule: string, text: string, guess?: string): UsageError =>
  new UsageError(
    `${origin} ${must(rule, text)}${guess === undefined ? '' : ` Did you mean ${JSON.stringify(guess)}?`}`,
  );

const single = (text: string, { type, choices }: Options, origin: string): unknown => {
  if (type === 'boolean') {
    const value = booleanOf(text);
    if (value === undefined) throw refuse(origin, BOOLEAN_RULE, text);
    return value;
  }
  if (type === 'number') {
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value)) throw refuse(origin, 'be a number', text);
    return value;
  }
  const allowed = (choices ?? []).map(String);
  if (allowed.length > 0 && !allowed.includes(text))
    throw refuse(origin, `be one of ${allowed.join(', ')}`, text, closest(text, allowed));
  return text;
};

/** Whether the flag may stand alone on the command line, without its value. */
const mayStandAlone = ({ type, array, requiresArg }: Options): boolean =>
  type === 'string' && array !== true && requiresArg !== true;

/**
 * The value of a flag from a text of the environment or a config file.
 * @throws UsageError that names the origin
 */
export const settingOf = (flag: string, options: Options, written: Written, origin: string): Setting => {
  if (options.array === true) return { flag, value: [written].flat(), origin };
  if (typeof written !== 'string') throw new UsageError(`${origin} must be one value, but is a list.`);
  const isOn = mayStandAlone(options) ? booleanOf(written) : undefined;
  if (isOn !== undefined) return { flag, value: isOn ? '' : undefined, origin };
  return { flag, value: single(written, options, origin), origin };
};
