import type { Format, ListedFolder } from '../../core/content.js';
import { isPageKind } from '../../core/kinds.js';
import { formatOf } from '../../core/page-paths.js';
import type { Outline } from '../../core/outline.js';
import type { Settled } from '../../core/settled.js';
import type { Records } from '../../store/record-table.js';
import type { Rows } from '../../store/rows.js';

/** What the records say as a whole, gathered while they are opened. */
export interface Gathered {
  /** The accounts whose names the bodies mention. */
  readonly accounts: ReadonlySet<string>;
  readonly folders: ReadonlyMap<string, ListedFolder>;
  readonly settled: Settled;
  /** Ids of the pages and blog posts that are late (`ItemRecord.isLate`). */
  readonly late: ReadonlySet<string>;
}

/** Up to when the last complete pull knew of the wiki, ISO 8601. */
export interface Since {
  /** The newest change that it has listed: those of pages come in that order, so that no clock need be believed. */
  readonly pages: string;
  /** When it was, by the wiki's clock: all else is searched for by time. */
  readonly others: string;
}

/** What a mirror holds when the run begins. */
export interface Prior extends Gathered {
  readonly records: Records;
  /** Opens empty rows that last as long as the mirror is open. */
  readonly openScratch: () => Promise<Rows>;
  /** Keys of the records whose files are not there as they were written. */
  readonly unsound: ReadonlySet<string>;
  /** What the layout is told by that all files were written for. Absent: each file's own record tells. */
  readonly layoutDigest?: string | undefined;
  /** Since when a quick delta has to look. Absent: the listing is whole. */
  readonly since?: Since | undefined;
  /** When the last complete pull was, by the wiki's clock, ISO 8601; null when there was none. */
  readonly lastSync: string | null;
  /** Account id of who pulled last; null when nobody knows. */
  readonly account: string | null;
  /** Whether the mirror holds what is asked for now, by space, ancestor, label and CQL. */
  readonly isSameScope: boolean;
}

/** Gathers from the outlines of records that it is told of. */
export interface Gatherer extends Gathered {
  /** In which pages and blog posts are written. */
  readonly formats: ReadonlySet<Format>;
  readonly onOutline: (outline: Outline) => void;
}

export const createGatherer = (): Gatherer => {
  const accounts = new Set<string>();
  const folders = new Map<string, ListedFolder>();
  const formats = new Set<Format>();
  const settled = { page: new Map<string, number>(), blogpost: new Map<string, number>() };
  const late = new Set<string>();
  return {
    accounts,
    folders,
    formats,
    settled,
    late,
    onOutline: ({ kind, id, files: [file], folder, isLate, settled: stamp, accounts: mentioned }) => {
      for (const account of mentioned) accounts.add(account);
      if (isLate === true) late.add(id);
      if (file && isPageKind(kind)) {
        formats.add(formatOf(file.path));
        if (stamp !== undefined) settled[kind].set(id, stamp);
      }
      if (kind === 'folder')
        folders.set(id, folder ?? { id, type: 'folder', title: '', parentId: undefined });
    },
  };
};
