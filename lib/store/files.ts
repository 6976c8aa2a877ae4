import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import fs from 'fs-extra';

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

/** The file system of the machine. */
export const realFiles: Files = {
  mkdir: async (directory) => {
    await fs.mkdir(directory, { recursive: true });
  },
  rename: (from, to) => fs.rename(from, to),
  unlink: (file) => fs.unlink(file),
  writeFile: (file, content) => fs.writeFile(file, content, { flush: true }),
  createWriteStream: (file) => createWriteStream(file, { flush: true }),
  append: (fd, text) => fs.writeFileSync(fd, text),
  fsync: (fd) => fs.fsync(fd),
};
