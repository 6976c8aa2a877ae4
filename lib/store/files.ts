import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import path from 'node:path';
import fs from 'fs-extra';
import { systemCode } from './store-failure.js';

/** The operations that change a mirror, each of which a disk may refuse. */
export interface Files {
  /** Makes a directory and those above it. */
  readonly mkdir: (directory: string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly unlink: (file: string) => Promise<void>;
  /** Writes a file that survives a power cut: a rename to its place never comes before its bytes. */
  readonly writeFile: (file: string, content: string) => Promise<void>;
  /** As `writeFile`, for a stream. */
  readonly createWriteStream: (file: string) => Writable;
  /** Writes at the end of an open file, before it returns. */
  readonly append: (fd: number, text: string) => void;
  readonly fsync: (fd: number) => Promise<void>;
}

const makeOne = async (directory: string): Promise<void> => {
  try {
    await fs.mkdir(directory);
  } catch (error) {
    const stat = await fs.stat(directory).catch(() => undefined);
    if (stat?.isDirectory() !== true) throw error;
  }
};

/**
 * Makes a directory and those above it. Node's own `recursive` never returns where the directory above is there but
 * refuses with ENOENT, as /proc does.
 */
const makeDirectories = async (directory: string): Promise<void> => {
  try {
    await makeOne(directory);
  } catch (error) {
    const parent = path.dirname(directory);
    if (systemCode(error) !== 'ENOENT' || parent === directory) throw error;
    await makeDirectories(parent);
    await makeOne(directory);
  }
};

/** The file system of the machine. */
export const realFiles: Files = {
  mkdir: makeDirectories,
  rename: (from, to) => fs.rename(from, to),
  unlink: (file) => fs.unlink(file),
  writeFile: (file, content) => fs.writeFile(file, content, { flush: true }),
  createWriteStream: (file) => createWriteStream(file, { flush: true }),
  append: (fd, text) => fs.writeFileSync(fd, text),
  fsync: (fd) => fs.fsync(fd),
};
