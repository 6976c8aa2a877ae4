import type { Folder } from './folder.js';
import { OWN, storeDirectory, storeNumbers } from './own-files.js';
import { TABLES } from './seal.js';
import { storeFailure } from './store-failure.js';
import { isAbsent } from './unless-absent.js';

/** What a run writes to, of rxsync's own: directories, and the file by which LevelDB locks each of its databases. */
const placesIn = (folder: Folder): readonly string[] => [
  OWN.directory,
  OWN.temporary,
  ...storeNumbers(folder).flatMap((number) => {
    const tables = TABLES.map((table) => `${storeDirectory(number)}/${table}`);
    return [storeDirectory(number), ...tables, ...tables.map((table) => `${table}/LOCK`)];
  }),
];

/**
 * Looks at what a run will write to, so that who may not, as another user has made it, is told which it is.
 * @throws StoreError naming the first
 */
export const checkWritable = (folder: Folder): void => {
  for (const place of placesIn(folder))
    try {
      folder.checkWritable(place);
    } catch (error) {
      if (!isAbsent(error)) throw storeFailure(`"${place}" cannot be written`, error);
    }
};
