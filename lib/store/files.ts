import {
  accessSync,
  closeSync,
  constants,
  createWriteStream,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  unlinkSync,
} from 'node:fs';
import type { Writable } from 'node:stream';
import path from 'node:path';
import fs from 'fs-extra';
import { systemCode } from './store-failure.js';

/** What stands at a path, and an entry of a directory. */
export type { Dirent, Stats } from 'node:fs';

/** The operations that change a mirror, each of which a disk may refuse. A new file is never one that is there. */
export interface Files {
  /** Makes one directory; one that is there is as good. */
  readonly mkdir: (directory: string) => Promise<void>;
  readonly rmdir: (directory: string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly unlink: (file: string) => Promise<void>;
  /** Writes a new file; a power cut may take its content until it is synced. */
  readonly writeFile: (file: string, content: string | Uint8Array) => Promise<void>;
  /** As `writeFile`, for a stream. */
  readonly createWriteStream: (file: string) => Writable;
  /** Makes a file survive a power cut. */
  readonly sync: (file: string) => Promise<void>;
  /** @throws what the system says when this user may not write to what is there */
  readonly checkWritable: (location: string) => void;
}

const makeOne = async (directory: string): Promise<void> => {
  try {
    mkdirSync(directory);
  } catch (error) {
    const stat = await fs.lstat(directory).catch(() => undefined);
    if (stat?.isDirectory() !== true) throw error;
  }
};

/**
 * Makes the directory of a mirror and those above it, which may be symbolic links. Node's own `recursive` never returns
 * where the directory above is there but refuses with ENOENT, as /proc does.
 */
export const makeDirectories = async (directory: string): Promise<void> => {
  try {
    if (!(await fs.stat(directory)).isDirectory()) await fs.mkdir(directory);
    return;
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  const parent = path.dirname(directory);
  if (parent !== directory) await makeDirectories(parent);
  await makeOne(directory);
};

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, W_OK } = constants;

const sync = async (file: string): Promise<void> => {
  const fd = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    await fs.fsync(fd);
  } finally {
    closeSync(fd);
  }
};

/** At once: a change of a directory costs less than a hop to another thread, and changes of directories come one by one anyway. */
const atOnce = (work: () => void): Promise<void> =>
  new Promise((done) => {
    work();
    done();
  });

/** The file system of the machine. */
export const realFiles: Files = {
  mkdir: makeOne,
  rmdir: (directory) => atOnce(() => rmdirSync(directory)),
  rename: (from, to) => atOnce(() => renameSync(from, to)),
  unlink: (file) => atOnce(() => unlinkSync(file)),
  writeFile: (file, content) => fs.writeFile(file, content, { flag: 'wx' }),
  createWriteStream: (file) => createWriteStream(file, { flags: 'wx' }),
  sync,
  checkWritable: (location) => accessSync(location, W_OK),
};
