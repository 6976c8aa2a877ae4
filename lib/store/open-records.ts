import type { Outline } from '../core/outline.js';
import { asOutdated, type FileStamp, recordKey } from '../core/records.js';
import { betweenRuns, lastEndMs } from './between-runs.js';
import { contentOf, type Doubt, ifReadable, isSoundAtSight, soundnessOf } from './check-records.js';
import { FileTable } from './file-table.js';
import type { Folder } from './folder.js';
import { Leftovers } from './leftovers.js';
import { MirrorDirectory } from './mirror-directory.js';
import { openTables, type OpenTablesOptions, type Tables } from './open-tables.js';
import { rebuild } from './rebuild.js';
import { RecordTable, type StoredOutline } from './record-table.js';
import { type OnSwept, recover } from './recover.js';
import { keptRuns } from './run-files.js';
import type { ReadState, State } from './state-file.js';
import { type CleanEnd, isIntact, knownUntilMs, noteDamage, writeCleanEnd, writeRun } from './store-mark.js';

export interface OpenRecordsOptions extends Omit<OpenTablesOptions, 'expected'> {
  readonly state: ReadState<State>;
  /** Told of the outline of each record, once. */
  readonly onOutline?: (outline: Outline) => void;
  /** Told of what was kept aside, and as what. */
  readonly onKept?: (path: string, keptAs: string) => void;
  /** Told of what an unclean end has left, once it has gone. */
  readonly onSwept?: OnSwept;
}

/** The records of a mirror, in agreement with each other. */
export interface OpenRecords {
  readonly tables: Tables;
  readonly records: RecordTable;
  readonly files: FileTable;
  readonly left: Leftovers;
  /** Keys of the records whose files are not there as they were written. */
  readonly unsound: ReadonlySet<string>;
  readonly damage: string | undefined;
  /** What the layout is told by that all files were written for, when the last run ended cleanly; nothing else knows of it. */
  readonly layoutDigest: string | undefined;
  /** Makes all that was written survive a power cut. */
  readonly flush: () => Promise<void>;
  /** Says that what was damaged is mended. */
  readonly mend: () => Promise<void>;
  /** Says that the run has ended cleanly, before the databases are closed. */
  readonly endCleanly: (end: Omit<CleanEnd, 'run'>) => Promise<void>;
}

/** What a run that has not ended cleanly may have cut short is looked into, and so is all once the records are damaged. */
const doubtOf = (
  { tables, files }: Pick<OpenRecords, 'tables' | 'files'>,
  { run, outline }: StoredOutline,
): Doubt => {
  const { clean, isClean, damage } = tables;
  const isNew = (path: string): boolean => (files.runOf(path) ?? 0) > clean.run;
  const byHash =
    damage !== undefined || (!isClean && (run > clean.run || outline.files.some(({ path }) => isNew(path))));
  return { byHash, sinceMs: knownUntilMs(clean, run) };
};

/** The files of an item as they are, where that is something that rxsync has written. */
const asFound = (directory: MirrorDirectory, files: FileTable, item: Outline): Promise<FileStamp[]> =>
  Promise.all(
    item.files.map(async (stamp) => {
      const { path } = stamp;
      const known = files.stampsAt(path).filter((each) => each.path === path);
      return (await ifReadable(() => contentOf(directory, path, [stamp, ...known]))) ?? stamp;
    }),
  );

/**
 * Looks at the files of all records; counts those. Of what only its content tells to be another one the record says so from
 * now on: the next run looks at times that are later than this look.
 */
const examine = async (
  directory: MirrorDirectory,
  open: Pick<OpenRecords, 'tables' | 'records' | 'files'>,
  onOutline: (outline: Outline) => void,
): Promise<ReadonlySet<string>> => {
  const unsound = new Set<string>();
  const mirror = { directory, looks: directory.looks() };
  const examineOne = async (outline: Outline, doubt: Doubt): Promise<void> => {
    const soundness = await soundnessOf(mirror, outline, doubt);
    if (soundness === 'sound') return;
    const key = recordKey(outline.kind, outline.id);
    unsound.add(key);
    const files = await asFound(directory, open.files, outline);
    const record = open.records.get(key);
    if (record && (soundness === 'changed' || files.some((file, i) => file !== outline.files[i])))
      await open.records.put(open.tables.mark.run, asOutdated(record, files));
  };
  for await (const some of open.records.outlines())
    for (const stored of some) {
      const { outline } = stored;
      open.records.count(outline);
      onOutline(outline);
      const doubt = doubtOf(open, stored);
      if (!isSoundAtSight(mirror, outline, doubt)) await examineOne(outline, doubt);
    }
  return unsound;
};

/**
 * Opens the records that `own` has of the mirror in `folder`, and brings them into agreement with each other and with the
 * files: after an unclean end, and after damage.
 */
export const openRecords = async (
  own: Folder,
  folder: Folder,
  {
    state,
    onOutline = () => undefined,
    onKept = () => undefined,
    onSwept = () => undefined,
    ...options
  }: OpenRecordsOptions,
): Promise<OpenRecords> => {
  const known = state.kind === 'read' ? state.state : undefined;
  const mark = known !== undefined && isIntact(known.records) ? known.records : undefined;
  const tables = await openTables(own, { ...options, expected: mark });
  try {
    const records = new RecordTable(tables.records);
    const files = new FileTable(tables.files, { run: tables.mark.run, cleanRun: tables.clean.run });
    const directory = new MirrorDirectory(folder);
    const left = new Leftovers({ directory, files, rows: tables.files });
    if (tables.damage !== undefined) {
      const runs = await keptRuns(folder);
      // A run that was cut off has looked at nothing since the one before has ended.
      const endedMs = known?.checkpoint === null ? mark?.atMs : lastEndMs(runs);
      await rebuild({
        directory,
        records,
        files,
        run: tables.mark.run,
        space: known?.scope.space,
        isOneWhole: tables.damage.isOneWhole,
        cleanAtMs: Math.max(tables.clean.atMs, endedMs ?? 0),
        isBetweenRuns: betweenRuns(runs),
      });
    } else if (!tables.isClean && own === folder)
      await recover({ directory, records, files, left, run: tables.mark.run, onKept, onSwept });
    const unsound = await examine(directory, { tables, records, files }, onOutline);
    const isWhole = tables.isClean && tables.damage === undefined;
    const flush = async (): Promise<void> => {
      for (const rows of [tables.files, tables.records]) await writeRun(rows, tables.mark.run);
    };
    return {
      tables,
      records,
      files,
      left,
      unsound,
      damage: tables.damage?.text,
      layoutDigest: isWhole ? tables.clean.layoutDigest : undefined,
      flush,
      mend: () => noteDamage([tables.files, tables.records]),
      endCleanly: async (end) => {
        for (const rows of [tables.files, tables.records])
          await writeCleanEnd(rows, { ...end, run: tables.mark.run });
      },
    };
  } catch (error) {
    await tables.close();
    throw error;
  }
};
