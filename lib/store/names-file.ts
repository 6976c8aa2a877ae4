import path from 'node:path';
import fs from 'fs-extra';
import { z } from 'zod';
import { type Files, realFiles } from './files.js';

const Names = z.record(z.string(), z.string());

/** Display names by account id. */
export type Names = ReadonlyMap<string, string>;

/** Reads the names that the last pull knew; none when there are none to read: the wiki is asked again anyway. */
export const readNames = async (file: string): Promise<Names> => {
  try {
    return new Map(Object.entries(Names.parse(JSON.parse(await fs.readFile(file, 'utf8')))));
  } catch {
    return new Map();
  }
};

/** Replaces the names in one step. */
export const writeNames = async (file: string, names: Names, files: Files = realFiles): Promise<void> => {
  const temporary = path.join(path.dirname(file), `${path.basename(file)}.new`);
  await files.writeFile(temporary, `${JSON.stringify(Object.fromEntries([...names].sort()), null, 2)}\n`);
  await files.rename(temporary, file);
};
