import path from 'node:path';
import type { Folder } from './folder.js';

/** The folder of rxsync's own files within a mirror. */
export const STATE_DIRECTORY = '.rxsync';

/** Where rxsync's own files are, relative to the mirror. */
export const OWN = {
  directory: STATE_DIRECTORY,
  state: `${STATE_DIRECTORY}/state.json`,
  names: `${STATE_DIRECTORY}/names.json`,
  lock: `${STATE_DIRECTORY}/lock`,
  takeover: `${STATE_DIRECTORY}/lock.takeover`,
  temporary: `${STATE_DIRECTORY}/tmp`,
  gitignore: `${STATE_DIRECTORY}/.gitignore`,
} as const;

/** No run makes numbers that long: others are none that can be counted on from. */
const STORE = /^store-([1-9]\d{0,8})$/;

/** A directory of databases. */
export const storeDirectory = (number: number): string => `${STATE_DIRECTORY}/store-${number}`;

/** The numbers of those that are there, the highest first. */
export const storeNumbers = (folder: Pick<Folder, 'list'>): readonly number[] =>
  folder
    .list(STATE_DIRECTORY)
    .flatMap(({ name }) => STORE.exec(name)?.slice(1).map(Number) ?? [])
    .sort((a, b) => b - a);

/** Whether there is anything of a mirror in the folder. */
export const isMirror = (folder: Pick<Folder, 'list' | 'stat'>): boolean =>
  folder.stat(OWN.state) !== undefined || storeNumbers(folder).length > 0;

/** Whether a path, relative to the mirror, is one of rxsync's own; on some file systems case makes no difference. */
export const isOwn = (relative: string): boolean =>
  relative.startsWith('.') && relative.split('/')[0]?.toLowerCase() === STATE_DIRECTORY;

/** Whether a path of the system leads into the folder of rxsync's own files, of any mirror. */
export const leadsIntoOwn = (location: string): boolean => path.resolve(location).split(path.sep).some(isOwn);
