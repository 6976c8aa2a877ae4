import { isOfFile } from './file-table.js';
import type { Folder } from './folder.js';
import { openLevelRows } from './level-rows.js';
import { type Readability, readApart } from './read-apart.js';
import { isOfRecord } from './record-table.js';
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

/** Which rows are in the right place in each database. */
const BELONGS = { records: isOfRecord, files: isOfFile };

/** Counts the rows of a database that are in their place, and in that of the other. */
const placing = (table: (typeof TABLES)[number]) => {
  const isStrange = BELONGS[table === 'records' ? 'files' : 'records'];
  const count = { right: 0, strange: 0 };
  const take = ([key]: readonly [string, string]): Promise<void> => {
    if (BELONGS[table](key)) count.right += 1;
    if (isStrange(key)) count.strange += 1;
    return Promise.resolve();
  };
  return { count, take };
};

/**
 * Whether the databases in a directory let themselves be read to their end, each row as it was written. `exchanged`: so they are, but
 * each stands in the place of the other.
 */
export const readabilityOf = async (
  folder: Folder,
  store: string,
  id: string,
): Promise<Readability | 'exchanged'> => {
  let [right, strange] = [0, 0];
  for (const table of TABLES) {
    const directory = `${store}/${table}`;
    if (!folder.hasDirectory(directory)) continue;
    const { count, take } = placing(table);
    const readability = await within(folder, directory, (at) =>
      readApart({ location: at, id, task: 'read' }, take),
    );
    if (readability !== 'whole') return readability;
    right += count.right;
    strange += count.strange;
  }
  return strange > 0 && right === 0 ? 'exchanged' : 'whole';
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

/** Reads what can be read of a damaged database; repairs it where it does not let itself be read. */
const rescueRows = async (
  folder: Folder,
  { directory, id }: { readonly directory: string; readonly id: string },
  take: (row: Change) => Promise<void>,
): Promise<void> => {
  if (!folder.hasDirectory(directory)) return;
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
  /** A copy of the damaged databases, which is repaired. */
  readonly copy: string;
  readonly damage: Damage;
}

/** Makes databases anew of what can be read of damaged ones, and returns where; they say themselves what they are. */
export const salvage = async (folder: Folder, { id, work, copy, damage }: Salvage): Promise<string> => {
  await folder.makeDirectory(work);
  for (const table of TABLES) {
    await folder.makeDirectory(`${work}/${table}`);
    await within(folder, `${work}/${table}`, async (location) => {
      const rows = await openLevelRows(location, id);
      const { take, flush } = grouped(rows);
      try {
        await rescueRows(folder, { directory: `${copy}/${table}`, id }, take);
        await flush();
        await noteDamage([rows], damage);
      } finally {
        await rows.close();
      }
    });
  }
  return work;
};
