import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../errors/usage-error.js';
import type { Flags } from './plain-booleans.js';
import type { Setting } from './setting.js';

const NAMES = ['rxsync.config.json', 'rxsync.config.yaml', 'rxsync.config.yml'];

const findIn = (folder: string): string | undefined => {
  const found = NAMES.filter((name) => fs.existsSync(path.join(folder, name)));
  const [first, second] = found;
  if (first === undefined) return undefined;
  if (second !== undefined)
    throw new UsageError(`There are two config files in "${folder}": ${first} and ${second}.`, {
      hint: 'Keep one of them, or name one with --config.',
    });
  return path.join(folder, first);
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
