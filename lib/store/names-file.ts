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

const isSame = (before: Names, names: Names): boolean =>
  names.size === before.size && [...names].every(([id, name]) => before.get(id) === name);

/** Replaces the names that the file has by others, in one step; nothing when they are the same. */
export const writeNames = async (
  file: string,
  { before, names }: { readonly before: Names; readonly names: Names },
  files: Files = realFiles,
): Promise<void> => {
  if (isSame(before, names)) return;
  const temporary = path.join(path.dirname(file), `${path.basename(file)}.new`);
  await files.writeFile(temporary, `${JSON.stringify(Object.fromEntries([...names].sort()), null, 2)}\n`);
  await files.rename(temporary, file);
};
