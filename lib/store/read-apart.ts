import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { checkedValue } from './row-checksum.js';

const LOCKED = 4;

/**
 * What the other process runs, in the directory of the database. A text, so that it needs no file of its own wherever the
 * library is installed or bundled.
 */
const SCRIPT = `
const [, classicLevel, task] = process.argv;
const codeOf = (error) => error.cause ? codeOf(error.cause) : error.code;
const read = async () => {
  const { ClassicLevel } = require(classicLevel);
  if (task === 'repair') await ClassicLevel.repair('.');
  const level = new ClassicLevel('.');
  await level.open();
  for await (const row of level.iterator()) process.stdout.write(JSON.stringify(row) + '\\n');
  await level.close();
};
read().catch((error) => { process.exitCode = codeOf(error) === 'LEVEL_LOCKED' ? ${LOCKED} : 1; });
`;

const Row = z.tuple([z.string(), z.string()]);

const parseRow = (line: string): z.infer<typeof Row> | undefined => {
  try {
    return Row.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
};

/** `whole`: it let itself be read to its end, and every row is as it was written. */
export type Readability = 'whole' | 'damaged' | 'locked';

export interface Reading {
  /** How the file system names the database. */
  readonly location: string;
  /** Id of the mirror whose rows are looked for. */
  readonly id: string;
  /** `repair` makes it readable first, as far as it can be. */
  readonly task: 'read' | 'repair';
}

/** Reads a LevelDB database in a process of its own, as LevelDB ends its process when what it reads contradicts itself. */
export const readApart = async (
  { location, id, task }: Reading,
  take: (row: readonly [key: string, value: string]) => Promise<void>,
): Promise<Readability> => {
  const classicLevel = createRequire(import.meta.url).resolve('classic-level');
  const child = spawn(process.execPath, ['-e', SCRIPT, classicLevel, task], {
    cwd: location,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = once(child, 'close');
  let isWhole = true;
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
    // The last line of a process that has died may be cut.
    const [key, text] = parseRow(line) ?? ['', ''];
    const value = checkedValue(id, key, text);
    if (value === undefined) isWhole = false;
    else await take([key, value]);
  }
  await closed;
  if (child.exitCode === LOCKED) return 'locked';
  return isWhole && child.exitCode === 0 ? 'whole' : 'damaged';
};
