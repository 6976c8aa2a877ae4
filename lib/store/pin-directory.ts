import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  type Stats,
} from 'node:fs';
import { RefusedFileError } from '../errors/refused-file-error.js';
import type { RxsyncError } from '../errors/rxsync-error.js';
import { StoreError } from '../errors/store-error.js';
import { locationOf } from './folder-paths.js';
import { noFolder } from './in-the-way.js';
import { isOwn } from './own-files.js';
import { systemCode } from './store-failure.js';
import { asUnreadable } from './unreadable.js';

/** A directory below a root that is known to be reached through no symbolic link, for as long as it is needed. */
export interface Pin {
  /** How the file system names an entry of the directory; the empty name is the directory itself. */
  readonly at: (name: string) => string;
  /** @throws RxsyncError when the directory is not known any more to have been the same all the time */
  readonly release: () => void;
  /** Whether its path still leads to it, at a glance. Absent: only to pin it again tells. */
  readonly isCurrent?: () => boolean;
}

/**
 * Pins the directory at `relative` (POSIX, empty for the root itself) below `root`, which must be a real path.
 *
 * Errors: `SymbolicLinkError`, or `StoreError` within rxsync's own folder, when the directory or one above it is a link;
 * the system's ENOENT and ENOTDIR.
 */
export type PinDirectory = (root: string, relative: string) => Pin;

const notADirectory = (directory: string): Error =>
  Object.assign(new Error(`ENOTDIR: not a directory, '${directory}'`), { code: 'ENOTDIR', syscall: 'open' });

/** Looks at one directory, links not followed; those above it are known to be none. */
export const lookAtDirectory = (root: string, relative: string): Stats => {
  const directory = locationOf(root, relative);
  const stat = lstatSync(directory);
  if (stat.isSymbolicLink()) throw noFolder(relative, stat);
  if (!stat.isDirectory()) throw notADirectory(directory);
  return stat;
};

/** Looks at every directory on the way, links not followed. */
const examine = (root: string, relative: string): Stats => {
  const parts = relative === '' ? [] : relative.split('/');
  let stat = lstatSync(root);
  for (const i of parts.keys()) stat = lookAtDirectory(root, parts.slice(0, i + 1).join('/'));
  return stat;
};

const isSame = (a: Stats, b: Stats): boolean => a.ino === b.ino && a.dev === b.dev;

const replaced = (relative: string): RxsyncError => {
  const message = `The folder "${relative === '' ? '.' : relative}" was replaced while rxsync worked on it.`;
  const hint = 'Pull again when nothing else moves folders of the mirror.';
  return relative === '' || isOwn(relative)
    ? new StoreError(message, { hint })
    : new RefusedFileError(relative, message, { hint });
};

/** Checks by name before and after: what is swapped and swapped back in between is not seen. */
export const pinByName: PinDirectory = (root, relative) => {
  const before = examine(root, relative);
  return {
    at: (name) => locationOf(root, relative === '' ? name : name === '' ? relative : `${relative}/${name}`),
    release: () => {
      try {
        if (isSame(examine(root, relative), before)) return;
      } catch (error) {
        // A directory that became empty may have gone.
        if (systemCode(error) === 'ENOENT') return;
        throw error;
      }
      throw replaced(relative);
    },
  };
};

const HANDLES = '/proc/self/fd';
const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
const ATTEMPTS = 3;

/** Where a directory that is open is now: the path has no link on the way. */
const kernelNameOf = (fd: number): string => readlinkSync(`${HANDLES}/${fd}`);

/** Opens the directory; undefined when another one has come to its place meanwhile. */
const openOnce = (root: string, relative: string): number | undefined => {
  const directory = locationOf(root, relative);
  let fd: number;
  try {
    fd = openSync(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  } catch (error) {
    examine(root, relative);
    throw asUnreadable(directory, error);
  }
  try {
    // Some file systems have names that answer to others.
    if (kernelNameOf(fd) === directory || isSame(examine(root, relative), fstatSync(fd))) return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  closeSync(fd);
  return undefined;
};

/** Holds the directory itself, as Linux lets it: whatever comes to stand at its path, it is this one that is used. */
export const pinByHandle: PinDirectory = (root, relative) => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const fd = openOnce(root, relative);
    if (fd !== undefined)
      return {
        at: (name) => `${HANDLES}/${fd}/${name}`,
        release: () => closeSync(fd),
        isCurrent: () => kernelNameOf(fd) === locationOf(root, relative),
      };
  }
  throw replaced(relative);
};

/** The safest way that this system has. */
export const bestPin = (): PinDirectory =>
  process.platform === 'linux' && existsSync(HANDLES) ? pinByHandle : pinByName;
