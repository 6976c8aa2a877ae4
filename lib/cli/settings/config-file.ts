import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../errors/usage-error.js';
import type { Flags } from './plain-booleans.js';
import type { Setting } from './setting.js';

const NAMES = ['rxsync.config.json', 'rxsync.config.yaml', 'rxsync.config.yml'];

/** What other tools take, and this one does not. */
const NEVER_READ = ['', '.toml', '.jsonc', '.json5', '.ini', '.js', '.mjs', '.cjs', '.ts'].map(
  (suffix) => `rxsync.config${suffix}`,
);

/** Settings are a page of text. What stands in a mirror may be anything: a FIFO would never end, a device nor that. */
const MAX_BYTES = 1_000_000;

/** Whether anything has that name, be it a link that leads nowhere; what is no folder, or may not be looked into, holds nothing. */
const isThere = (file: string): boolean => {
  try {
    return fs.lstatSync(file).size >= 0;
  } catch {
    return false;
  }
};

/** What stands behind a link; undefined where it leads nowhere, or in a circle. */
const behind = (file: string): fs.Stats | undefined => {
  try {
    return fs.statSync(file);
  } catch {
    return undefined;
  }
};

const findIn = (folder: string): string | undefined => {
  const [first, second] = NAMES.filter((name) => isThere(path.join(folder, name)));
  const unread = NEVER_READ.find((name) => isThere(path.join(folder, name)));
  if (first === undefined && unread !== undefined)
    throw new UsageError(`"${path.join(folder, unread)}" is no config file that rxsync reads.`, {
      hint: `Name it ${NAMES[0]} or ${NAMES[1]} and write JSON or YAML in it, or move it away.`,
    });
  if (first === undefined) return undefined;
  if (second !== undefined)
    throw new UsageError(`There are two config files in "${folder}": ${first} and ${second}.`, {
      hint: 'Keep one of them, or name one with --config.',
    });
  const file = path.join(folder, first);
  const stat = behind(file);
  if (stat === undefined)
    throw new UsageError(`The config file "${file}" is a link that leads nowhere.`, {
      hint: 'Move it away, or name the config file with --config.',
    });
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
