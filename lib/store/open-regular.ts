import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { noFile } from './in-the-way.js';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * Opens the file at `location` for reading; `relative`: its path in the mirror, for errors. A FIFO or a device is not waited for.
 * @throws StoreError when something else than a file stands there; what the system says
 */
export const openRegular = async (location: string, relative: string): Promise<FileHandle> => {
  const stat = lstatSync(location);
  if (!stat.isFile()) throw noFile(relative, stat);
  const handle = await open(location, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const opened = await handle.stat();
  if (opened.isFile()) return handle;
  await handle.close();
  throw noFile(relative, opened);
};

/** As `openRegular`, at once; `mode`: `O_RDONLY` or `O_RDWR`. */
export const openRegularSync = (location: string, relative: string, mode: number): number => {
  const stat = lstatSync(location);
  if (!stat.isFile()) throw noFile(relative, stat);
  const fd = openSync(location, mode | O_NOFOLLOW | O_NONBLOCK);
  const opened = fstatSync(fd);
  if (opened.isFile()) return fd;
  closeSync(fd);
  throw noFile(relative, opened);
};
