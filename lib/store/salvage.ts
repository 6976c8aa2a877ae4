import type { Folder } from './folder.js';
import { openLevelRows } from './level-rows.js';
import { storeDirectory } from './own-files.js';
import { type Readability, readApart } from './read-apart.js';
import { removeTree } from './remove-tree.js';
import type { Change, Rows } from './rows.js';
import { TABLES } from './seal.js';
import { type Damage, noteDamage } from './store-mark.js';

/** Rows that are written at once. */
const GROUP = 1000;

const within = async <T>(
  folder: Folder,
  directory: string,
  use: (location: string) => Promise<T>,
): Promise<T> => {
  const { location, release } = folder.hold(directory);
  try {
    return await use(location);
  } finally {
    release();
  }
};

/** Whether the databases let themselves be read to their end, each row as it was written. */
export const readabilityOf = async (folder: Folder, number: number, id: string): Promise<Readability> => {
  for (const table of TABLES) {
    const directory = `${storeDirectory(number)}/${table}`;
    if (!folder.hasDirectory(directory)) continue;
    const readability = await within(folder, directory, (at) =>
      readApart({ location: at, id, task: 'read' }, () => Promise.resolve()),
    );
    if (readability !== 'whole') return readability;
  }
  return 'whole';
};

const grouped = (rows: Rows) => {
  let group: Change[] = [];
  const flush = async (): Promise<void> => {
    await rows.write(group);
    group = [];
  };
  const take = async (row: Change): Promise<void> => {
    group.push(row);
    if (group.length >= GROUP) await flush();
  };
  return { take, flush };
};

/** Where LevelDB puts what it could not repair. */
const LOST = 'lost';

/** Reads what can be read of a damaged database; repairs it where it does not let itself be read. */
const rescueRows = async (
  folder: Folder,
  { directory, id }: { readonly directory: string; readonly id: string },
  take: (row: Change) => Promise<void>,
): Promise<void> => {
  if (!folder.hasDirectory(directory)) return;
  if (folder.hasDirectory(`${directory}/${LOST}`)) await removeTree(folder, `${directory}/${LOST}`);
  await within(folder, directory, async (location) => {
    if ((await readApart({ location, id, task: 'read' }, take)) !== 'whole')
      await readApart({ location, id, task: 'repair' }, take);
  });
};

export interface Salvage {
  /** Id of the mirror. */
  readonly id: string;
  /** A directory that is not there yet. */
  readonly work: string;
  /** Number of the damaged databases. */
  readonly number: number;
  readonly damage: Damage;
}

/** Makes databases anew of what can be read of damaged ones, and returns their number; they say themselves what they are. */
export const salvage = async (folder: Folder, { id, work, number, damage }: Salvage): Promise<number> => {
  await folder.makeDirectory(work);
  for (const table of TABLES) {
    await folder.makeDirectory(`${work}/${table}`);
    await within(folder, `${work}/${table}`, async (location) => {
      const rows = await openLevelRows(location, id);
      const { take, flush } = grouped(rows);
      try {
        await rescueRows(folder, { directory: `${storeDirectory(number)}/${table}`, id }, take);
        await flush();
        await noteDamage([rows], damage);
      } finally {
        await rows.close();
      }
    });
  }
  await folder.rename(work, storeDirectory(number + 1));
  await removeTree(folder, storeDirectory(number));
  return number + 1;
};
