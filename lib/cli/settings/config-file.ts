import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../errors/usage-error.js';
import type { Flags } from './plain-booleans.js';
import type { Setting } from './setting.js';

const NAMES = ['rxsync.config.json', 'rxsync.config.yaml', 'rxsync.config.yml'];

/** Settings are a page of text. What stands in a mirror may be anything: a FIFO would never end, a device nor that. */
const MAX_BYTES = 1_000_000;

const findIn = (folder: string): string | undefined => {
  const found = NAMES.filter((name) => fs.existsSync(path.join(folder, name)));
  const [first, second] = found;
  if (first === undefined) return undefined;
  if (second !== undefined)
    throw new UsageError(`There are two config files in "${folder}": ${first} and ${second}.`, {
      hint: 'Keep one of them, or name one with --config.',
    });
  const file = path.join(folder, first);
  const stat = fs.statSync(file);
  if (!stat.isFile() || stat.size > MAX_BYTES)
    throw new UsageError(`"${file}" is ${stat.isFile() ? 'too large for' : 'not'} a config file.`, {
      hint: 'Move it away, or name the config file with --config.',
    });
  return file;
};

/**
 * The settings of a config file (JSON or YAML): `file`, else `rxsync.config.*` in the first of the `folders` that has
 * one, else none.
 * @throws UsageError that names file and line
 */
export const configFileSettings = async (
  file: string | undefined,
  folders: readonly string[],
  flags: Flags,
): Promise<readonly Setting[]> => {
  const found =
    file ?? folders.reduce<string | undefined>((first, folder) => first ?? findIn(folder), undefined);
  if (found === undefined) return [];
  const { readConfigFile } = await import('./read-config-file.js');
  return readConfigFile(found, flags);
};
