import { Writable } from 'node:stream';
import { type Files, realFiles } from '../../../lib/store/files.js';
import { openLevelRows } from '../../../lib/store/level-rows.js';
import { type OpenRows, withWrite } from '../../../lib/store/rows.js';

export type Operation = keyof Files;

/** The error that Node raises when the system refuses a call. */
const refusal = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${code}: refused, ${syscall}`), { code, syscall });

/** A disk that refuses operation number `at` of a kind (from 1), and, when `isFull`, all of that kind after it. */
export interface Fault {
  readonly operation: Operation;
  readonly at: number;
  readonly code: string;
  readonly isFull?: boolean;
}

/** Files that fail as told; what is refused while writing leaves half of it, as disks do. */
export const failingFiles = ({ operation, at, code, isFull = false }: Fault): Files => {
  let count = 0;
  const isRefused = (called: Operation): boolean => {
    if (called !== operation) return false;
    count += 1;
    return isFull ? count >= at : count === at;
  };
  const pass = (called: Operation): void => {
    if (isRefused(called)) throw refusal(code, called);
  };
  const half = (text: string | Uint8Array): string | Uint8Array => text.slice(0, text.length / 2);
  return {
    mkdir: async (directory) => {
      pass('mkdir');
      await realFiles.mkdir(directory);
    },
    rmdir: async (directory) => {
      pass('rmdir');
      await realFiles.rmdir(directory);
    },
    rename: async (from, to) => {
      pass('rename');
      await realFiles.rename(from, to);
    },
    unlink: async (file) => {
      pass('unlink');
      await realFiles.unlink(file);
    },
    writeFile: async (file, content) => {
      if (!isRefused('writeFile')) return realFiles.writeFile(file, content);
      await realFiles.writeFile(file, half(content));
      throw refusal(code, 'write');
    },
    createWriteStream: (file) => {
      const refused = isRefused('createWriteStream');
      if (!refused) return realFiles.createWriteStream(file);
      return new Writable({ write: (_chunk, _encoding, done) => done(refusal(code, 'write')) });
    },
    sync: async (file) => {
      pass('sync');
      await realFiles.sync(file);
    },
    checkWritable: (location) => {
      pass('checkWritable');
      realFiles.checkWritable(location);
    },
  };
};

/** Databases whose write number `at` fails, and with `isFull` all after it. */
export const failingRows = ({ at, isFull = false }: Pick<Fault, 'at' | 'isFull'>): OpenRows => {
  let count = 0;
  return async (location, id) => {
    const rows = await openLevelRows(location, id);
    return withWrite(rows, async (changes, options) => {
      count += 1;
      if (isFull ? count >= at : count === at)
        throw Object.assign(new Error('IO error'), { code: 'LEVEL_IO_ERROR' });
      await rows.write(changes, options);
    });
  };
};
