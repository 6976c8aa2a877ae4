import { describe, expect, test } from '@jest/globals';
import type { Folder } from '../../lib/store/folder.js';
import { openLevelRows } from '../../lib/store/level-rows.js';
import { openRowsIn } from '../../lib/store/open-rows-in.js';
import type { Change } from '../../lib/store/rows.js';
import { readabilityOf, salvage } from '../../lib/store/salvage.js';
import { openDamage } from '../../lib/store/store-mark.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const STORE = '.rxsync/store-3';
const DAMAGE = { text: 'records/CURRENT changed', isOneWhole: true };

const openTable = (folder: Folder, table: string, id = 'mirror') =>
  openRowsIn(folder, table, { id, openRows: openLevelRows });

const fill = async (
  folder: Folder,
  table: string,
  changes: readonly Change[],
  id?: string,
): Promise<void> => {
  const { rows, close } = await openTable(folder, `${STORE}/${table}`, id);
  await rows.write(changes);
  await close();
};

const rowsOf = (count: number): Change[] =>
  Array.from({ length: count }, (_, at) => [`page:${String(at).padStart(5, '0')}`, `value ${at}`]);

const newStore = async (): Promise<Folder> => {
  const folder = await storeFolder(await newDirectory());
  await folder.makeDirectory(STORE);
  return folder;
};

const rescue = async (folder: Folder): Promise<void> => {
  await folder.rename(
    await salvage(folder, { id: 'mirror', work: '.rxsync/tmp/work', copy: STORE, damage: DAMAGE }),
    '.rxsync/store-4',
  );
};

/** What the database holds that was made anew, beside the damage. */
const rescued = async (folder: Folder, table: string) => {
  const { rows, close } = await openTable(folder, `.rxsync/store-4/${table}`);
  const found: Change[] = [];
  for await (const some of rows.entries('page:')) found.push(...some);
  const damage = openDamage([rows]);
  await close();
  return { found, damage };
};

describe('databases let themselves be read', () => {
  test('whole, also where one of them is not there', async () => {
    const folder = await newStore();
    expect(await readabilityOf(folder, STORE, 'mirror')).toBe('whole');
    await fill(folder, 'files', rowsOf(3));
    expect(await readabilityOf(folder, STORE, 'mirror')).toBe('whole');
  });

  test.each([
    ['records', 'files'],
    ['files', 'records'],
  ])('not whole where a row of the %s is not as it was written', async (wrong, right) => {
    const folder = await newStore();
    await fill(folder, wrong, rowsOf(1), 'another mirror');
    await fill(folder, right, rowsOf(1));
    expect(await readabilityOf(folder, STORE, 'mirror')).toBe('damaged');
  });

  test('not while somebody has them open', async () => {
    const folder = await newStore();
    const { close } = await openTable(folder, `${STORE}/records`);
    expect(await readabilityOf(folder, STORE, 'mirror')).toBe('locked');
    await close();
  });
});

test.each([0, 1000, 2500])(
  'of %i rows none is lost, and the databases say what was damaged',
  async (count) => {
    const folder = await newStore();
    await fill(folder, 'records', rowsOf(count));
    await rescue(folder);
    expect(await rescued(folder, 'records')).toEqual({ found: rowsOf(count), damage: DAMAGE });
    expect(await rescued(folder, 'files')).toEqual({ found: [], damage: DAMAGE });
    expect(folder.list('.rxsync/tmp')).toEqual([]);
  },
);

test('rows that are not as they were written are left out', async () => {
  const folder = await newStore();
  await fill(folder, 'files', rowsOf(2));
  await fill(folder, 'files', [['page:x', 'of another']], 'another mirror');
  await rescue(folder);
  expect((await rescued(folder, 'files')).found).toEqual(rowsOf(2));
});

test('a database that does not let itself be opened is repaired', async () => {
  const folder = await newStore();
  await fill(folder, 'records', rowsOf(5));
  await folder.unlink(`${STORE}/records/CURRENT`);
  await rescue(folder);
  expect((await rescued(folder, 'records')).found).toEqual(rowsOf(5));
});
