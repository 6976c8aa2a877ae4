import type { Dirent } from 'node:fs';
import path from 'node:path';
import fs from 'fs-extra';
import { z } from 'zod';
import { splitFrontMatter } from '../core/front-matter.js';
import { STATE_DIRECTORY } from './mirror-directory.js';
import { statePaths } from './state-paths.js';

const Matter = z.object({ id: z.string(), space: z.string() });

/** What rxsync keeps aside is the user's. */
const KEPT_ASIDE = /\.local-\d+$/;

async function* walk(root: string, relative: string): AsyncGenerator<string> {
  const entries: Dirent[] = await fs.readdir(path.join(root, relative), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
    if (entry.name === STATE_DIRECTORY) continue;
    if (entry.isDirectory()) yield* walk(root, name);
    else if (entry.isFile()) yield name;
  }
}

const matterOf = (name: string, content: string): unknown => {
  try {
    return name.endsWith('.md') ? splitFrontMatter(content).matter : JSON.parse(content);
  } catch {
    return undefined;
  }
};

const looksOurs = async (root: string, name: string, space: string | undefined): Promise<boolean> => {
  if (KEPT_ASIDE.test(name)) return false;
  if (path.posix.dirname(name).endsWith('.attachments')) return true;
  if (!name.endsWith('.md') && !name.endsWith('.meta.json')) return false;
  const matter = Matter.safeParse(matterOf(name, await fs.readFile(path.join(root, name), 'utf8')));
  return matter.success && (space === undefined || matter.data.space === space);
};

const leftovers = async (directory: string): Promise<string[]> =>
  (await fs.pathExists(directory))
    ? (await fs.readdir(directory)).map((name) => `${STATE_DIRECTORY}/tmp/${name}`)
    : [];

/**
 * Paths of the files that claim to be rxsync's own without being `recorded`: in a directory of attachments, with the
 * front matter of a page of the space, or left in the temporary folder. Links are not followed.
 */
export const unrecordedFiles = async (
  root: string,
  recorded: ReadonlySet<string>,
  space: string | undefined,
): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const name of walk(root, ''))
    if (!recorded.has(name) && (await looksOurs(root, name, space))) found.push(name);
  return [...found, ...(await leftovers(statePaths(root).temporary))];
};
