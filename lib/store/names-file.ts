import { z } from 'zod';
import type { Folder } from './folder.js';
import { OWN } from './own-files.js';
import type { TemporaryFiles } from './temporary-files.js';

const Names = z.record(z.string(), z.string());

/** Display names by account id. */
export type Names = ReadonlyMap<string, string>;

const parseNames = (text: string): Names => {
  try {
    return new Map(Object.entries(Names.parse(JSON.parse(text))));
  } catch {
    return new Map();
  }
};

/** Reads the names that the last pull knew; none when there are none to read: the wiki is asked again anyway. */
export const readNames = async (folder: Folder): Promise<Names> =>
  parseNames((await folder.read(OWN.names))?.toString() ?? '');

const isSame = (before: Names, names: Names): boolean =>
  names.size === before.size && [...names].every(([id, name]) => before.get(id) === name);

/** Replaces the names that the file has by others, in one step; nothing when they are the same. */
export const writeNames = async (
  temporary: TemporaryFiles,
  { before, names }: { readonly before: Names; readonly names: Names },
): Promise<void> => {
  if (isSame(before, names)) return;
  const text = `${JSON.stringify(Object.fromEntries([...names].sort()), null, 2)}\n`;
  await temporary.replace(OWN.names, text);
};
