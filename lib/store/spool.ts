import { newCheckedLines, openCheckedLines } from './checked-lines.js';
import { temporaryFolder } from './temporary-folder.js';

/** Lines on disk that are read once all of them are written. */
export interface Spool {
  /** Resolves when there is room for the next one. */
  readonly write: (line: string) => Promise<void>;
  /** All lines; after that none is written. */
  readonly read: () => AsyncGenerator<string>;
  /** Removes them. */
  readonly close: () => Promise<void>;
}

const FILE = 'lines/all';

/** Opens a spool among the temporary files of the system. To be closed after use. */
export const openSpool = async (): Promise<Spool> => {
  const { folder, remove } = await temporaryFolder();
  const written = await newCheckedLines(folder, FILE);
  async function* read(): AsyncGenerator<string> {
    await written.commit();
    const opened = await openCheckedLines(folder, FILE);
    try {
      if (opened !== undefined) yield* opened.lines;
    } finally {
      await opened?.close();
    }
  }
  return { write: written.write, read, close: () => written.close().finally(remove) };
};
