import { lockOwner } from '../store/lock.js';
import { type FolderTraits, probeFolder } from '../store/probe-folder.js';
import { statePaths } from '../store/state-paths.js';
import { liveDeps } from '../pull/run/live-deps.js';
import type { PullDeps } from '../pull/run/pull-deps.js';
import type { MirrorHealth } from './mirror.js';

/** The edges of the doctor; `liveDoctorDeps` are the real ones. */
export interface DoctorDeps extends Pick<PullDeps, 'connect' | 'now' | 'random'> {
  readonly probeFolder: (dir: string) => Promise<FolderTraits>;
  /** The mirror in a folder; undefined when there is none. Changes and locks nothing. */
  readonly readMirror: (dir: string) => Promise<MirrorHealth | undefined>;
}

const readMirror = async (dir: string): Promise<MirrorHealth | undefined> => {
  const { state, journal, sound } = await liveDeps.readMirror(dir);
  if (state.kind === 'none' && journal.records.size === 0) return undefined;
  return { state, journal, sound, owner: await lockOwner(statePaths(dir).lock, Date.now()) };
};

export const liveDoctorDeps: DoctorDeps = { ...liveDeps, probeFolder, readMirror };
