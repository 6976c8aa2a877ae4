import { checkMounts } from '../store/check-mounts.js';
import { folderAt } from '../store/folder-at.js';
import { countsOf } from '../store/record-table.js';
import { type FolderTraits, probeFolder } from '../store/probe-folder.js';
import { readMirror as readFolder } from '../store/read-mirror.js';
import { withStoreFailure } from '../store/store-failure.js';
import { liveDeps } from '../pull/run/live-deps.js';
import type { PullDeps } from '../pull/run/pull-deps.js';
import type { MirrorHealth } from './mirror.js';

/** The edges of the doctor; `liveDoctorDeps` are the real ones. */
export interface DoctorDeps extends Pick<PullDeps, 'connect' | 'now' | 'random'> {
  readonly probeFolder: (dir: string) => Promise<FolderTraits>;
  /** The mirror in a folder; undefined when there is none. Changes and locks nothing. */
  readonly readMirror: (dir: string) => Promise<MirrorHealth | undefined>;
}

const readMirror = (dir: string): Promise<MirrorHealth | undefined> =>
  withStoreFailure(`The mirror in "${dir}" cannot be read`, async () => {
    const folder = folderAt(dir);
    if (folder !== undefined) await checkMounts(folder);
    const mirror = await readFolder(dir);
    if (mirror === undefined) return undefined;
    await mirror.close();
    const { state, records, unsound, damage, owner } = mirror;
    const items = Object.values(countsOf(records.sizes)).reduce((sum, count) => sum + count, 0);
    return { state, items, unsound: unsound.size, damage, owner };
  });

export const liveDoctorDeps: DoctorDeps = { ...liveDeps, probeFolder, readMirror };
