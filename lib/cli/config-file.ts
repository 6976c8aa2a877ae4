import path from 'node:path';
import fs from 'fs-extra';
import { parse } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../errors/usage-error.js';
import { closest } from './closest.js';
import { kebab } from './kebab.js';

const NAMES = ['rxsync.config.json', 'rxsync.config.yaml', 'rxsync.config.yml'];
const Config = z.record(z.string(), z.unknown());

const find = (cwd: string): string | undefined =>
  NAMES.map((name) => path.join(cwd, name)).find((file) => fs.existsSync(file));

const read = (file: string): Record<string, unknown> => {
  try {
    // JSON is YAML, too.
    return Config.parse(parse(fs.readFileSync(file, 'utf8')) ?? {});
  } catch (cause) {
    throw new UsageError(`The config file "${file}" cannot be read.`, {
      cause,
      hint: 'It must be JSON or YAML with the names of the flags, such as "space: DOCS".',
    });
  }
};

/** A number as it would stand on the command line: keys and ids, too, may look like numbers. */
const typed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(typed);
  return typeof value === 'number' ? String(value) : value;
};

const unknownSetting = (file: string, name: string, flags: readonly string[]): UsageError => {
  const guess = closest(name, flags);
  return new UsageError(
    `The config file "${file}" has an unknown setting "${name}".${guess === undefined ? '' : ` Did you mean "${guess}"?`}`,
    { hint: 'rxsync pull --help lists the names.' },
  );
};

/**
 * The settings of a config file (JSON or YAML, named as the flags, in kebab-case or camelCase): `file`, else
 * `rxsync.config.*` in `cwd`, else none.
 * @throws UsageError when it is missing, cannot be read, or has settings that are no `flags`
 */
export const readConfig = (
  file: string | undefined,
  cwd: string,
  flags: readonly string[],
): Record<string, unknown> => {
  const found = file ?? find(cwd);
  if (found === undefined) return {};
  const settings = Object.entries(read(found)).map(([name, value]) => [kebab(name), value] as const);
  const stranger = settings.find(([name]) => !flags.includes(name));
  if (stranger !== undefined) throw unknownSetting(found, stranger[0], flags);
  // A name without a value sets nothing.
  return Object.fromEntries(
    settings.flatMap(([name, value]) => (value === null ? [] : [[name, typed(value)]])),
  );
};
