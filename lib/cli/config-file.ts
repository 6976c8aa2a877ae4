import path from 'node:path';
import fs from 'fs-extra';
import { parse } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../errors/usage-error.js';

const NAMES = ['rxsync.config.json', 'rxsync.config.yaml', 'rxsync.config.yml'];
const Config = z.record(z.string(), z.unknown());

const find = (cwd: string): string | undefined =>
  NAMES.map((name) => path.join(cwd, name)).find((file) => fs.existsSync(file));

/**
 * The settings of a config file (JSON or YAML, the names of the flags): `file`, else `rxsync.config.*` in `cwd`, else
 * none.
 * @throws UsageError when it is missing or cannot be read
 */
export const readConfig = (file: string | undefined, cwd: string): Record<string, unknown> => {
  const found = file ?? find(cwd);
  if (found === undefined) return {};
  try {
    // JSON is YAML, too.
    return Config.parse(parse(fs.readFileSync(found, 'utf8')) ?? {});
  } catch (cause) {
    throw new UsageError(`The config file "${found}" cannot be read.`, {
      cause,
      hint: 'It must be JSON or YAML with the names of the flags, such as "space: DOCS".',
    });
  }
};
