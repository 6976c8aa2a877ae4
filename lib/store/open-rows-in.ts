import type { Folder } from './folder.js';
import type { OpenRows, Rows } from './rows.js';

/** Opens rows in a directory of ours, which stays the same one until they are closed; makes it if there is none. */
export const openRowsIn = async (
  folder: Folder,
  directory: string,
  { id, openRows }: { readonly id: string; readonly openRows: OpenRows },
): Promise<{ readonly rows: Rows; readonly close: () => Promise<void> }> => {
  if (!folder.hasDirectory(directory)) await folder.makeDirectory(directory);
  const { location, release } = folder.hold(directory);
  try {
    const rows = await openRows(location, id);
    return { rows, close: () => rows.close().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
};
