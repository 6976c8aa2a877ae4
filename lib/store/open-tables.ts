import { randomUUID } from 'node:crypto';
import { checkDirectories } from './check-own.js';
import { chooseStore } from './choose-store.js';
import { copyStore } from './copy-store.js';
import { exchangeTables } from './exchange-tables.js';
import type { Folder } from './folder.js';
import { isLocked } from './level-error.js';
import { openRowsIn } from './open-rows-in.js';
import { storeDirectory, storeNumbers } from './own-files.js';
import { removeTree } from './remove-tree.js';
import type { OpenRows, Rows } from './rows.js';
import { readabilityOf, salvage } from './salvage.js';
import { areExchanged, breakSeal, checkSeal, sealedId } from './seal.js';
import {
  type CleanEnd,
  type Damage,
  lastCleanEnd,
  noteDamage,
  openDamage,
  readId,
  readRun,
  type StoreMark,
  writeId,
  writeRun,
} from './store-mark.js';

/** The databases of a mirror, open for one run. */
export interface Tables {
  readonly records: Rows;
  readonly files: Rows;
  /** Where they are. */
  readonly store: string;
  readonly mark: StoreMark;
  /** How the last run that ended cleanly has ended. */
  readonly clean: CleanEnd;
  /** Whether all that was left by the last run is as it has left it at a clean end. */
  readonly isClean: boolean;
  /** Until a whole run has come to its end; undefined when there is none. */
  readonly damage: Damage | undefined;
  readonly close: () => Promise<void>;
}

export interface OpenTablesOptions {
  readonly openRows: OpenRows;
  /** Names a directory that is not there yet. */
  readonly vacancy: () => string;
  /** What the state of the mirror says of them. */
  readonly expected: StoreMark | undefined;
}

/** What opens the databases of one mirror. */
interface Opener extends OpenTablesOptions {
  readonly folder: Folder;
  /** Of the mirror: rows of another one are not read. */
  readonly id: string;
}

interface Opened {
  readonly number: number;
  readonly records: Rows;
  readonly files: Rows;
  readonly close: () => Promise<void>;
}

const openBoth = async (opener: Opener, number: number): Promise<Opened> => {
  const store = storeDirectory(number);
  if (!opener.folder.hasDirectory(store)) await opener.folder.makeDirectory(store);
  await writeId(opener.folder, store, opener.id);
  const records = await openRowsIn(opener.folder, `${store}/records`, opener);
  try {
    const files = await openRowsIn(opener.folder, `${store}/files`, opener);
    const close = (): Promise<void> => records.close().finally(files.close);
    return { number, records: records.rows, files: files.rows, close };
  } catch (error) {
    await records.close();
    throw error;
  }
};

/** Who has lost the mirror and does not know it yet may have them open: then a copy is gone on with. */
const copyAway = async ({ folder, vacancy }: Opener, number: number): Promise<number> => {
  const copy = vacancy();
  await copyStore(folder, storeDirectory(number), folder, copy);
  await folder.rename(copy, storeDirectory(number + 1));
  await removeTree(folder, storeDirectory(number));
  return number + 1;
};

const openUnlocked = async (opener: Opener, number: number): Promise<Opened> => {
  try {
    return await openBoth(opener, number);
  } catch (error) {
    if (!isLocked(error)) throw error;
    return openBoth(opener, await copyAway(opener, number));
  }
};

interface Found {
  readonly opened: Opened;
  /** The last run has closed them. */
  readonly isSealed: boolean;
  readonly damage?: Damage;
}

/** A copy to be looked at and repaired: neither what cuts that off nor what refuses to be written harms the databases. */
const copyOf = async ({ folder, vacancy }: Opener, number: number): Promise<string> => {
  const copy = vacancy();
  await copyStore(folder, storeDirectory(number), folder, copy);
  return copy;
};

/** Whether a copy cannot be read either: LevelDB writes as it opens, and what refuses that is no damage. */
const isCopyDamaged = async (opener: Opener, number: number): Promise<boolean> => {
  const copy = await copyOf(opener, number);
  const readability = await readabilityOf(opener.folder, copy, opener.id);
  await removeTree(opener.folder, copy);
  return readability === 'damaged';
};

const findDamaged = async (opener: Opener, number: number, damage: Damage): Promise<Found> => {
  const { folder, id, vacancy } = opener;
  const copy = await copyOf(opener, number);
  const next = storeDirectory(number + 1);
  await folder.rename(await salvage(folder, { id, work: vacancy(), copy, damage }), next);
  for (const old of [storeDirectory(number), copy]) await removeTree(folder, old);
  return { opened: await openBoth(opener, number + 1), isSealed: false, damage };
};

/** Of what a run has left that was killed nobody says that it is whole. */
const findUnsealed = async (opener: Opener, number: number): Promise<Found> => {
  const { folder, id } = opener;
  const readability = await readabilityOf(folder, storeDirectory(number), id);
  if (readability === 'locked') return findUnsealed(opener, await copyAway(opener, number));
  if (readability === 'exchanged')
    return findUnsealed(opener, await exchangeTables(folder, number, opener.vacancy));
  if (readability === 'damaged' && (await isCopyDamaged(opener, number)))
    return findDamaged(opener, number, { text: 'they cannot be read', isOneWhole: false });
  return { opened: await openUnlocked(opener, number), isSealed: false };
};

const find = async (opener: Opener, number: number): Promise<Found> => {
  const { folder } = opener;
  const seal = await checkSeal(folder, storeDirectory(number));
  if (seal === 'none') return findUnsealed(opener, number);
  if (seal.length > 0 && (await areExchanged(folder, storeDirectory(number))))
    return find(opener, await exchangeTables(folder, number, opener.vacancy));
  if (seal.length > 0) {
    const isOneWhole = ['records/', 'files/'].some((each) => seal.every((file) => file.startsWith(each)));
    return findDamaged(opener, number, { text: `${seal.join(', ')} changed`, isOneWhole });
  }
  await breakSeal(folder, storeDirectory(number));
  return { opened: await openUnlocked(opener, number), isSealed: true };
};

const create = async (opener: Opener): Promise<Found> => ({
  opened: await openBoth(opener, 1),
  isSealed: opener.expected === undefined,
  ...(opener.expected !== undefined && { damage: { text: 'they are gone', isOneWhole: false } }),
});

/** Of which mirror databases are, as lies beside them. */
const idOf = async (folder: Folder, number: number): Promise<string | undefined> =>
  readId(folder, storeDirectory(number)) ?? (await sealedId(folder, storeDirectory(number)));

const STRANGE: Damage = { text: 'nothing tells any more which mirror they are of', isOneWhole: false };

/** Whether there are databases of which nobody tells that they are of this mirror. */
const areStrange = (folder: Folder, number: number | undefined, told: string | undefined): boolean =>
  number !== undefined && told === undefined && folder.hasDirectory(`${storeDirectory(number)}/records`);

/** What has not seen the last run is older than the mirror. */
const findOlder = ({ opened, isSealed }: Found, lastRun: number): Damage | undefined => {
  // Killed while it began, the last run has marked one of the two.
  const leastRun = isSealed ? lastRun : lastRun - 1;
  const isOneWhole = readRun(opened.files) >= leastRun;
  if (!isOneWhole) return { text: 'files are older than the mirror', isOneWhole };
  return readRun(opened.records) < leastRun
    ? { text: 'they are older than the mirror', isOneWhole }
    : undefined;
};

/**
 * Opens the databases of a mirror for a run, which has the next number; makes them if there are none. What is damaged is
 * made anew of what can be read of it.
 */
export const openTables = async (folder: Folder, options: OpenTablesOptions): Promise<Tables> => {
  const numbers = storeNumbers(folder);
  for (const each of numbers) checkDirectories(folder, storeDirectory(each));
  const number = await chooseStore(folder, options.expected);
  for (const each of numbers) if (each !== number) await removeTree(folder, storeDirectory(each));
  const told = options.expected?.id ?? (number === undefined ? undefined : await idOf(folder, number));
  const strange = areStrange(folder, number, told) ? STRANGE : undefined;
  const opener: Opener = { ...options, folder, id: told ?? randomUUID() };
  const found = number === undefined ? await create(opener) : await find(opener, number);
  const { records, files, close, number: store } = found.opened;
  try {
    const lastRun = Math.max(readRun(records), readRun(files), options.expected?.run ?? 0);
    const damage = strange ?? found.damage ?? openDamage([records, files]) ?? findOlder(found, lastRun);
    if (damage !== undefined) await noteDamage([records, files], damage);
    const clean = lastCleanEnd([records, files]);
    for (const rows of [records, files]) await writeRun(rows, lastRun + 1);
    return {
      records,
      files,
      close,
      store: storeDirectory(store),
      mark: { id: opener.id, run: lastRun + 1 },
      clean,
      isClean: found.isSealed && damage === undefined,
      damage,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
