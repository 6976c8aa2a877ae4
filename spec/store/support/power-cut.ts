import { fstatSync, readdirSync, statSync, truncateSync, WriteStream } from 'node:fs';
import path from 'node:path';
import { type Files, realFiles } from '../../../lib/store/files.js';
import { openLevelRows } from '../../../lib/store/level-rows.js';
import type { Change, OpenRows } from '../../../lib/store/rows.js';
import { memoryRows } from '../../../lib/store/memory-rows.js';
import type { Operation } from './failing-files.js';

/** What a process that has lost its machine gets for an answer. */
export class PowerCut extends Error {}

type Done = Operation | 'write' | 'durable write';

export interface FragileMachine {
  readonly files: Files;
  readonly openRows: OpenRows;
  /** What was done, in order. */
  readonly done: readonly Done[];
  /** Takes what was never synced from all files below `dir`, as the next start of the machine finds them. */
  readonly losePower: (dir: string) => Promise<void>;
}

/**
 * The disk of a machine whose power fails after `lasts` operations: none works after that. It is the worst there is:
 * names are there at once, bytes only when they are synced; of a database what was written before its last durable write.
 */
export const fragileMachine = (lasts = Infinity): FragileMachine => {
  const done: Done[] = [];
  /** Files that were written and not synced, by inode. */
  const fragile = new Set<number>();
  const opened: (() => Promise<void>)[] = [];
  const step = (operation: Done): void => {
    if (done.length >= lasts) throw new PowerCut(operation);
    done.push(operation);
  };
  const inodeOf = (file: string): number => statSync(file).ino;
  const files: Files = {
    mkdir: async (directory) => {
      step('mkdir');
      await realFiles.mkdir(directory);
    },
    rmdir: async (directory) => {
      step('rmdir');
      await realFiles.rmdir(directory);
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
      fragile.add(inodeOf(file));
    },
    createWriteStream: (file) => {
      step('createWriteStream');
      const stream = realFiles.createWriteStream(file);
      if (stream instanceof WriteStream) stream.once('open', (fd: number) => fragile.add(fstatSync(fd).ino));
      return stream;
    },
    sync: async (file) => {
      step('sync');
      await realFiles.sync(file);
      fragile.delete(inodeOf(file));
    },
    checkWritable: realFiles.checkWritable,
  };
  const openRows: OpenRows = async (location, id) => {
    const rows = await openLevelRows(location, id);
    const now = new Map<string, string>();
    for await (const some of rows.entries()) for (const [key, value] of some) now.set(key, value);
    const memory = memoryRows(now);
    let waiting: Change[] = [];
    let isOpen = true;
    const close = async (): Promise<void> => {
      if (isOpen) await rows.close();
      isOpen = false;
    };
    opened.push(close);
    return {
      ...memory,
      write: async (changes, options) => {
        step(options?.isDurable === true ? 'durable write' : 'write');
        await memory.write(changes);
        waiting.push(...changes);
        if (options?.isDurable !== true) return;
        await rows.write(waiting, { isDurable: true });
        waiting = [];
      },
      // A database that is closed has handed all to the system, which still may lose it.
      close,
    };
  };
  const losePower = async (dir: string): Promise<void> => {
    for (const close of opened) await close();
    for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      if (fragile.has(inodeOf(file))) truncateSync(file);
    }
  };
  return { files, openRows, done, losePower };
};
