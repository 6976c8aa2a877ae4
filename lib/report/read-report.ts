import { type ItemRecord, recordKey } from '../core/records.js';
import type { RunSummary } from '../events/run-summary.js';
import { mirrorStatus, type MirrorStatus } from '../store/mirror-status.js';
import { noMirror } from '../store/no-mirror.js';
import { readMirror, type ReadMirror } from '../store/read-mirror.js';
import { type KeptRuns, readRuns } from '../store/run-files.js';
import { withStoreFailure } from '../store/store-failure.js';
import { createSizeTree, type SizeNode } from './size-tree.js';

/** What a mirror holds of an item that a run told of. */
export interface KnownItem {
  readonly title?: string;
  readonly path?: string;
}

/** What a report is made of. */
export interface ReportData extends KeptRuns {
  readonly status: MirrorStatus;
  readonly sizes: SizeNode;
  /** What the mirror holds of the items that its runs and its state name, by record key. */
  readonly items: ReadonlyMap<string, KnownItem>;
}

const titleOf = ({ page, folder, attachment }: ItemRecord): string | undefined =>
  page?.title ?? folder?.title ?? attachment?.title;

const keysIn = (runs: readonly RunSummary[], { failedItems }: MirrorStatus): Set<string> => {
  const keys = [...failedItems, ...runs.flatMap((run) => [...run.failedItems, ...run.changes])];
  return new Set(keys.map(({ kind, id }) => recordKey(kind, id)));
};

const itemsIn = ({ records }: Pick<ReadMirror, 'records'>, keys: ReadonlySet<string>) => {
  /** Events call a blog post a page. */
  const recordOf = (key: string): ItemRecord | undefined =>
    records.get(key) ?? (key.startsWith('page:') ? records.get(key.replace('page', 'blogpost')) : undefined);
  const items = new Map<string, KnownItem>();
  for (const key of keys) {
    const own = recordOf(key);
    if (own === undefined) continue;
    const title = titleOf((own.kind === 'comments' ? recordOf(recordKey('page', own.id)) : undefined) ?? own);
    const path = own.files[0]?.path ?? own.directory;
    items.set(key, { ...(title !== undefined && { title }), ...(path !== undefined && { path }) });
  }
  return items;
};

/**
 * Reads what there is to report of the mirror in `dir`; changes and locks nothing.
 * @param runs how many of the last runs
 * @throws NoMirrorError when there is no mirror
 * @throws StoreError when it cannot be read
 */
export const readReport = (dir: string, runs: number, now: () => number): Promise<ReportData> =>
  withStoreFailure(`The mirror in "${dir}" cannot be read`, async () => {
    const sizes = createSizeTree();
    const mirror = await readMirror(dir, { now });
    if (mirror === undefined) throw noMirror(dir);
    try {
      for await (const record of mirror.records.all()) sizes.add(record);
      const status = await mirrorStatus(dir, now);
      const kept = await readRuns(mirror.folder, runs);
      return { ...kept, status, sizes: sizes.root(), items: itemsIn(mirror, keysIn(kept.runs, status)) };
    } finally {
      await mirror.close();
    }
  });
