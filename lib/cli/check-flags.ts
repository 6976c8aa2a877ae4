import type { Options } from 'yargs';
import { UsageError } from '../errors/usage-error.js';

const check = (flag: string, { type, array }: Options, value: unknown): void => {
  if (Array.isArray(value) && array !== true) throw new UsageError(`--${flag} is given more than once.`);
  if (type === 'number' && Number.isNaN(value))
    throw new UsageError(`--${flag} must be a number, without a unit.`);
};

/**
 * For `yargs.check`: refuses what yargs lets pass, a flag given twice that has one value only and a number that is none.
 * @throws UsageError
 */
export const checkFlags =
  (flags: Readonly<Record<string, Options>>) =>
  (given: Readonly<Record<string, unknown>>): true => {
    for (const [flag, options] of Object.entries(flags)) check(flag, options, given[flag]);
    return true;
  };
