import type { Folder } from './folder.js';
import { storeDirectory, storeNumbers } from './own-files.js';
import { TABLES } from './seal.js';
import { readId } from './store-mark.js';

/** Names the files of a database: without it there is none. */
const CURRENT = 'CURRENT';

/**
 * Which of several directories of databases counts: a new one comes whole, by renaming, before the one in use goes. So it is that of
 * the highest number, but for one that lacks a database, or is of another mirror than `id`, beside one that is right.
 */
export const chooseStore = (folder: Folder, id: string | undefined): number | undefined => {
  const numbers = storeNumbers(folder);
  const whole = numbers.filter((number) =>
    TABLES.every((table) => folder.stat(`${storeDirectory(number)}/${table}/${CURRENT}`) !== undefined),
  );
  const ours = whole.find((number) => id !== undefined && readId(folder, storeDirectory(number)) === id);
  return ours ?? whole[0] ?? numbers[0];
};
