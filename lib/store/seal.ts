import { z } from 'zod';
import type { Folder } from './folder.js';
import { readId } from './store-mark.js';
import type { TemporaryFiles } from './temporary-files.js';

/** The databases of a mirror, each in a directory of its own. */
export const TABLES = ['records', 'files'] as const;

const Sealed = z.object({ file: z.string(), bytes: z.number(), hash: z.string() });
type Sealed = z.infer<typeof Sealed>;
const Seal = z.object({
  /** Of the mirror, as it lies beside the databases, too. */
  id: z.string(),
  /** The run that has closed them. */
  run: z.number(),
  files: z.array(Sealed),
});
type Seal = z.infer<typeof Seal>;

/** What LevelDB reads; it takes no notice of what is called otherwise, as that of a file manager or of a tool that copies. */
const OF_LEVEL = /^(?:CURRENT|MANIFEST-\d+|\d+\.(?:ldb|log|sst|dbtmp))$/;

/** Where the seal lies. */
export const sealPath = (store: string): string => `${store}/seal.json`;

const filesOf = (folder: Folder, store: string): string[] =>
  TABLES.flatMap((table) =>
    folder.list(`${store}/${table}`).flatMap(({ name }) => (OF_LEVEL.test(name) ? `${table}/${name}` : [])),
  );

/** Says what the files of the databases hold, now that a run has closed them: the mark of a clean end. */
export const writeSeal = async (
  folder: Folder,
  temporary: TemporaryFiles,
  store: string,
  run: number,
): Promise<void> => {
  const files: Sealed[] = [];
  for (const file of filesOf(folder, store)) {
    const { size = 0 } = folder.stat(`${store}/${file}`) ?? {};
    files.push({ file, bytes: size, hash: (await folder.hash(`${store}/${file}`)) ?? '' });
  }
  const seal: Seal = { id: readId(folder, store) ?? '', run, files };
  await temporary.replace(sealPath(store), `${JSON.stringify(seal, null, 1)}\n`);
};

/** From now on the databases change. */
export const breakSeal = async (folder: Folder, store: string): Promise<void> => {
  if (folder.stat(sealPath(store)) !== undefined) await folder.unlink(sealPath(store));
};

const parseSeal = (text: string): Seal | undefined => {
  try {
    return Seal.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

const readSeal = async (folder: Folder, store: string): Promise<Seal | undefined> =>
  parseSeal((await folder.read(sealPath(store)))?.toString() ?? '');

/** The id of the mirror whose databases were sealed; undefined where no seal tells. */
export const sealedId = async (folder: Folder, store: string): Promise<string | undefined> => {
  const { id = '' } = (await readSeal(folder, store)) ?? {};
  return id === '' ? undefined : id;
};

/** The run that has sealed databases; undefined where no seal tells. */
export const sealedRun = async (folder: Folder, store: string): Promise<number | undefined> =>
  (await readSeal(folder, store))?.run;

const isAsSealed = async (folder: Folder, path: string, { bytes, hash }: Sealed): Promise<boolean> =>
  folder.stat(path)?.size === bytes && (await folder.hash(path)) === hash;

/** What of the databases is not as it was sealed. */
const differences = async (
  folder: Folder,
  store: string,
  files: readonly Sealed[],
): Promise<readonly string[]> => {
  const names = new Set(files.map(({ file }) => file));
  const wrong = filesOf(folder, store).filter((file) => !names.has(file));
  for (const each of files)
    if (!(await isAsSealed(folder, `${store}/${each.file}`, each))) wrong.push(each.file);
  return wrong;
};

/**
 * Whether the databases are as the last run has closed them: `none` when it did not come to that; else what is not as it was,
 * nothing when all is.
 */
export const checkSeal = async (folder: Folder, store: string): Promise<'none' | readonly string[]> => {
  const text = (await folder.read(sealPath(store)))?.toString();
  if (text === undefined) return 'none';
  const files = parseSeal(text)?.files;
  return files === undefined ? ['seal.json'] : differences(folder, store, files);
};

const [RECORDS, FILES] = TABLES;

const inTheOther = (file: string): string =>
  file.startsWith(`${RECORDS}/`) ? file.replace(RECORDS, FILES) : file.replace(FILES, RECORDS);

/** Whether the two databases are as the last run has closed them, but each in the place of the other. */
export const areExchanged = async (folder: Folder, store: string): Promise<boolean> => {
  const files = (await readSeal(folder, store))?.files ?? [];
  const exchanged = files.map((each) => ({ ...each, file: inTheOther(each.file) }));
  return files.length > 0 && (await differences(folder, store, exchanged)).length === 0;
};
