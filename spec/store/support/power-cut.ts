import { readdirSync, fstatSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { type Files, realFiles } from '../../../lib/store/files.js';
import type { Operation } from './failing-files.js';

/** What a process that has lost its machine gets for an answer. */
export class PowerCut extends Error {}

export interface FragileFiles {
  readonly files: Files;
  /** What was done, in order. */
  readonly done: readonly Operation[];
  /** Takes what was never synced from all files below `dir`, as the next start of the machine finds them. */
  readonly losePower: (dir: string) => void;
}

/**
 * Files of a machine whose power fails after `lasts` operations: none works after that. It is the worst disk there is:
 * names are there at once, bytes only when they are synced.
 */
export const fragileFiles = (lasts = Infinity): FragileFiles => {
  const done: Operation[] = [];
  /** How much of a file is safe, by its inode; of those alone that were appended to. */
  const safeBytes = new Map<number, number>();
  const step = (operation: Operation): void => {
    if (done.length >= lasts) throw new PowerCut(operation);
    done.push(operation);
  };
  const files: Files = {
    mkdir: async (directory) => {
      step('mkdir');
      await realFiles.mkdir(directory);
    },
    rename: async (from, to) => {
      step('rename');
      await realFiles.rename(from, to);
    },
    unlink: async (file) => {
      step('unlink');
      await realFiles.unlink(file);
    },
    writeFile: async (file, content) => {
      step('writeFile');
      await realFiles.writeFile(file, content);
    },
    createWriteStream: (file) => {
      step('createWriteStream');
      return realFiles.createWriteStream(file);
    },
    append: (fd, text) => {
      step('append');
      const { ino, size } = fstatSync(fd);
      if (!safeBytes.has(ino)) safeBytes.set(ino, size);
      realFiles.append(fd, text);
    },
    fsync: async (fd) => {
      step('fsync');
      await realFiles.fsync(fd);
      const { ino, size } = fstatSync(fd);
      safeBytes.set(ino, size);
    },
  };
  const losePower = (dir: string): void => {
    for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const { ino, size } = statSync(file);
      const safe = safeBytes.get(ino);
      if (safe !== undefined && safe < size) truncateSync(file, safe);
    }
  };
  return { files, done, losePower };
};
