import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors/usage-error.js';

const codeOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown';

/**
 * The text of a file that somebody has named.
 * @throws UsageError
 */
export const readText = async (file: string, what: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`The ${what} "${file}" cannot be read (${codeOf(cause)}).`, {
      cause,
      hint: 'Check that it is there and may be read.',
    });
  }
};
