import { randomUUID } from 'node:crypto';
import { StoreError } from '../errors/store-error.js';
import type { Folder } from './folder.js';
import { OWN, storeDirectory, storeNumbers } from './own-files.js';
import { TABLES } from './seal.js';
import { systemCode } from './store-failure.js';

const placesIn = (folder: Folder): readonly string[] => [
  OWN.directory,
  OWN.temporary,
  ...storeNumbers(folder).flatMap((number) => {
    const store = storeDirectory(number);
    return [store, ...TABLES.map((table) => `${store}/${table}`)];
  }),
];

/** Tried with a name that is not there: the system compares the file systems first. */
const isElsewhere = async (folder: Folder, directory: string): Promise<boolean> => {
  const name = randomUUID();
  try {
    await folder.rename(`${directory}/${name}`, name);
    return false;
  } catch (error) {
    return systemCode(error) === 'EXDEV';
  }
};

/**
 * Files appear in a mirror by renaming, which leads nowhere beyond a file system.
 * @throws StoreError when something is mounted in the place of rxsync's own folder, or of one in it
 */
export const checkMounts = async (folder: Folder): Promise<void> => {
  const places = placesIn(folder);
  const isMounted = await Promise.all(places.map((directory) => isElsewhere(folder, directory)));
  const mounted = places.find((_, i) => isMounted[i]);
  if (mounted === undefined) return;
  throw new StoreError(
    `"${mounted}" is on another file system than the mirror around it: no file can be moved from there into its place.`,
    { hint: 'Unmount it and pull again, or pull into a folder that is mounted as a whole.' },
  );
};
