import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readTree } from './e2e.js';
import { treeDifference } from './tree-difference.js';

const textOf = async (dir: string, name: string): Promise<string> =>
  // Links to what the mirror does not hold keep the title of their time: no version of theirs tells of another.
  (await readFile(path.join(dir, name), 'utf8')).replaceAll(/\[[^\]]*\]\(\S+\/wiki\/display\/[^)]*\)/g, '');

/** What is wrong with a mirror of a part of a space, beside links that lead out of it. */
export const partDifference = async (mirror: string, fresh: string): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const difference of treeDifference(await readTree(mirror), await readTree(fresh))) {
    const [, name] = /^different: (.*\.md)$/.exec(difference) ?? [];
    if (name === undefined || (await textOf(mirror, name)) !== (await textOf(fresh, name)))
      wrong.push(difference);
  }
  return wrong;
};
