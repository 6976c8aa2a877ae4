import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Folder } from './folder.js';
import type { Rows } from './rows.js';

/** Which mirror databases belong to, and the number of the last run that has worked on them. */
export const StoreMark = z.object({ id: z.string(), run: z.number() });
export type StoreMark = z.infer<typeof StoreMark>;

/** The mark as the state holds it, with what tells it from one that was damaged. */
export const SignedMark = StoreMark.extend({
  /** When it was written, by the clock of the file system: what was there before was as rxsync had written it. */
  atMs: z.number(),
  check: z.number(),
});
export type SignedMark = z.infer<typeof SignedMark>;

const checkOf = ({ id, run, atMs }: Omit<SignedMark, 'check'>): number => crc32(`${id}\n${run}\n${atMs}`);

export const signMark = (mark: StoreMark, atMs: number): SignedMark => ({
  ...mark,
  atMs,
  check: checkOf({ ...mark, atMs }),
});

/** Whether a mark is as it was signed. */
export const isIntact = (mark: SignedMark): boolean => mark.check === checkOf(mark);

const RUN = '!run';
const CLEAN = '!clean';
const DAMAGE = '!damage';

/** No id that rxsync has made is longer. */
const MAX_ID_BYTES = 100;

/** Where the id lies. */
export const idPath = (store: string): string => `${store}/id`;

/** The id that lies beside the databases. */
export const readId = (folder: Folder, store: string): string | undefined =>
  folder.readHead(idPath(store), MAX_ID_BYTES)?.toString();

export const writeId = async (folder: Folder, store: string, id: string): Promise<void> => {
  const before = readId(folder, store);
  if (before === id) return;
  if (before !== undefined) await folder.unlink(idPath(store));
  await folder.create(idPath(store), id);
  await folder.sync(idPath(store));
};

/** The last run that has worked on a database; 0 when there was none. */
export const readRun = (rows: Rows): number => Number(rows.get(RUN) ?? 0);

/** Makes all that was written before survive a power cut, too. */
export const writeRun = (rows: Rows, run: number): Promise<void> =>
  rows.write([[RUN, String(run)]], { isDurable: true });

/** What of the databases is damaged. */
const Damage = z.object({
  /** In words. */
  text: z.string(),
  /** Either of the two lacks nothing, and tells of all that rxsync has written. */
  isOneWhole: z.boolean(),
});
export type Damage = z.infer<typeof Damage>;

/** Damage of which no whole run has come to an end since. */
export const openDamage = (tables: readonly Rows[]): Damage | undefined => {
  const text = tables.map((rows) => rows.get(DAMAGE)).find((each) => each !== undefined);
  return text === undefined ? undefined : Damage.parse(JSON.parse(text));
};

/** Says that the databases are damaged, or, without it, that they are not any more. */
export const noteDamage = async (tables: readonly Rows[], damage?: Damage): Promise<void> => {
  const text = damage && JSON.stringify(damage);
  for (const rows of tables)
    if (rows.get(DAMAGE) !== text) await rows.write([[DAMAGE, text]], { isDurable: true });
};

/** The last run that has ended cleanly; times are of the clock of the file system. */
const CleanEnd = z.object({
  run: z.number(),
  /** When it held what it had written against what it had seen of that: until then it was as it was written. */
  atMs: z.number(),
  /** When it began to look at what earlier runs had written. */
  lookedAtMs: z.number(),
  /** What the layout is told by that all files were written for. */
  layoutDigest: z.string().optional(),
});
export type CleanEnd = z.infer<typeof CleanEnd>;

const readCleanEnd = (rows: Rows): CleanEnd => {
  const text = rows.get(CLEAN);
  return text === undefined ? { run: 0, atMs: 0, lookedAtMs: 0 } : CleanEnd.parse(JSON.parse(text));
};

/** What the databases say of it: one of them may have lost it. When no run has ended cleanly all that there is came later. */
export const lastCleanEnd = (tables: readonly Rows[]): CleanEnd =>
  tables.map(readCleanEnd).reduce((a, b) => (a.run > b.run ? a : b));

/** Until when files that a run has written are known to be as they were, by the clock of the file system. */
export const knownUntilMs = (clean: CleanEnd, run: number): number =>
  run === clean.run ? clean.atMs : clean.lookedAtMs;

export const writeCleanEnd = (rows: Rows, end: CleanEnd): Promise<void> =>
  rows.write([[CLEAN, JSON.stringify(end)]], { isDurable: true });
