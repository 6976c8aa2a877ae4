import { Folder } from '../../../lib/store/folder.js';
import { openLevelRows } from '../../../lib/store/level-rows.js';
import { storeDirectory, storeNumbers } from '../../../lib/store/own-files.js';
import { TABLES, writeSeal } from '../../../lib/store/seal.js';
import { lastCleanEnd, readId, writeCleanEnd } from '../../../lib/store/store-mark.js';
import { TemporaryFiles } from '../../../lib/store/temporary-files.js';

/** Lets a mirror say that its last run has seen all files as they were written at that time, in ms since 1970. */
export const knowUntil = async (dir: string, atMs: number): Promise<void> => {
  const folder = new Folder(dir);
  const store = storeDirectory(storeNumbers(folder)[0] ?? 1);
  for (const table of TABLES) {
    const { location, release } = folder.hold(`${store}/${table}`);
    const rows = await openLevelRows(location, readId(folder, store) ?? '');
    await writeCleanEnd(rows, { ...lastCleanEnd([rows]), atMs, lookedAtMs: atMs });
    await rows.close();
    release();
  }
  await writeSeal(folder, new TemporaryFiles(folder), store, 1);
};
