import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from '@jest/globals';

/** Returns a function that makes empty directories; they are removed after each test. */
export const useTemporaryDirectories = (): (() => Promise<string>) => {
  const made: string[] = [];
  afterEach(async () => {
    for (const dir of made.splice(0)) await rm(dir, { recursive: true, force: true });
  });
  return async () => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'rxsync-store-'));
    made.push(dir);
    return dir;
  };
};

/** Every file below `dir` but those of `.rxsync`, by path; directories end in `/`, symbolic links in `@`. */
export const treeOf = async (dir: string): Promise<Record<string, string>> => {
  const tree: Record<string, string> = {};
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const name = path.relative(dir, path.join(entry.parentPath, entry.name));
    if (name.split(path.sep)[0] === '.rxsync') continue;
    if (entry.isSymbolicLink()) tree[`${name}@`] = '';
    else if (entry.isDirectory()) tree[`${name}/`] = '';
    else tree[name] = await readFile(path.join(dir, name), 'utf8');
  }
  return tree;
};

/** The files of {@link treeOf} alone. */
export const filesOf = async (dir: string): Promise<Record<string, string>> =>
  Object.fromEntries(Object.entries(await treeOf(dir)).filter(([name]) => !name.endsWith('/')));
