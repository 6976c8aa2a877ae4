import type { Stats } from './files.js';
import type { RxsyncError } from '../errors/rxsync-error.js';
import { StoreError } from '../errors/store-error.js';
import { RefusedFileError } from '../errors/refused-file-error.js';
import { SymbolicLinkError } from '../errors/symbolic-link-error.js';
import { isOwn } from './own-files.js';

/** For a directory of rxsync's own that is not there any more. */
export const goneOwn = (relative: string): StoreError =>
  new StoreError(`"${relative}" was removed while rxsync worked with it.`, {
    hint: 'Pull again, and leave what is in .rxsync to rxsync: it needs no cleaning.',
  });

/** What stands at a path, in words. */
export const kindOf = (stat: Stats): string => {
  if (stat.isSymbolicLink()) return 'a symbolic link';
  if (stat.isDirectory()) return 'a folder';
  if (stat.isFIFO()) return 'a FIFO';
  if (stat.isSocket()) return 'a socket';
  if (stat.isBlockDevice() || stat.isCharacterDevice()) return 'a device';
  return 'a file';
};

const MOVE_AWAY = 'Move it away and pull again.';

const inPlaceOfOwn = (relative: string, stat: Stats, wanted: string): StoreError =>
  new StoreError(`"${relative}" is ${kindOf(stat)} where rxsync keeps ${wanted} of its own.`, {
    hint: `Look at what it is, move "${relative}" away and try again: what rxsync needs it makes anew.`,
  });

/** For what is no folder where one must be. */
export const noFolder = (relative: string, stat: Stats): RxsyncError => {
  if (isOwn(relative)) return inPlaceOfOwn(relative, stat, 'a folder');
  return stat.isSymbolicLink()
    ? new SymbolicLinkError(relative)
    : new RefusedFileError(relative, `"${relative}" is ${kindOf(stat)} where the mirror needs a folder.`, {
        hint: MOVE_AWAY,
      });
};

/** For what is no file where one must be read. */
export const noFile = (relative: string, stat: Stats): RxsyncError =>
  isOwn(relative)
    ? inPlaceOfOwn(relative, stat, 'a file')
    : new RefusedFileError(relative, `"${relative}" is ${kindOf(stat)}, no file.`, { hint: MOVE_AWAY });
