import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors/usage-error.js';

/**
 * The text of a file that somebody has named.
 * @throws UsageError
 */
export const readText = async (file: string, what: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new UsageError(`The ${what} "${file}" cannot be read (${code}).`, {
      cause,
      hint: 'Check that it is there and may be read.',
    });
  }
};
