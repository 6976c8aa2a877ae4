import { randomUUID } from 'node:crypto';
import type { Folder } from './folder.js';
import { openLevelRows } from './level-rows.js';
import { openRowsIn } from './open-rows-in.js';
import type { OpenRows, Rows } from './rows.js';
import { withStoreFailure } from './store-failure.js';
import { temporaryFolder } from './temporary-folder.js';

/** Rows that nobody needs any more once the mirror is closed. */
export interface Scratch {
  /** Opens empty ones. */
  readonly openScratch: () => Promise<Rows>;
  readonly close: () => Promise<void>;
}

/** Scratch rows in directories that `vacancy` names; whoever owns those removes them. */
export const scratchIn = (
  folder: Folder,
  { vacancy, openRows }: { readonly vacancy: () => string; readonly openRows: OpenRows },
): Scratch => {
  const ends: (() => Promise<void>)[] = [];
  return {
    openScratch: () =>
      withStoreFailure('What is listed cannot be stored among the temporary files', async () => {
        const { rows, close } = await openRowsIn(folder, vacancy(), { id: '', openRows });
        ends.push(close);
        return rows;
      }),
    close: async () => {
      for (const end of ends.splice(0)) await end();
    },
  };
};

/** Scratch rows among the temporary files of the system. */
export const temporaryScratch = (): Scratch => {
  const ends: (() => Promise<void>)[] = [];
  return {
    openScratch: async () => {
      const { folder, remove } = await temporaryFolder();
      const scratch = scratchIn(folder, { vacancy: randomUUID, openRows: openLevelRows });
      ends.push(() => scratch.close().finally(remove));
      return scratch.openScratch();
    },
    close: async () => {
      for (const end of ends.splice(0)) await end();
    },
  };
};
