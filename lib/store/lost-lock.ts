import { MirrorLockedError } from '../errors/mirror-locked-error.js';
import type { RxsyncError } from '../errors/rxsync-error.js';
import { StoreError } from '../errors/store-error.js';
import type { Folder } from './folder.js';
import { parseHolder } from './lock-file.js';
import { OWN } from './own-files.js';

const STOPS = 'this one writes nothing more';
const LEAVE_IT = `Leave "${OWN.lock}" alone while a pull is at work, and pull again.`;

/** Why a run has lost its lock, by what stands in its place; `text` is undefined when nothing does. */
export const lossOf = (folder: Folder, text: string | undefined): RxsyncError => {
  const { root } = folder;
  if (text === undefined && !folder.hasDirectory(OWN.directory))
    return new StoreError(`${root} or ".rxsync" in it has gone while this run worked on it.`, {
      hint: 'Leave the folder where it is while a pull is at work, and pull again.',
    });
  if (text === undefined)
    return new MirrorLockedError(`The lock of this run on ${root} is gone: ${STOPS}.`, {
      hint: `Another run took it over while this one was suspended, and has ended; or somebody removed "${OWN.lock}". Pull again.`,
    });
  const other = parseHolder(text);
  if (other === undefined)
    return new MirrorLockedError(
      `The lock of this run on ${root} was overwritten by something that names no run: ${STOPS}.`,
      { hint: LEAVE_IT },
    );
  return new MirrorLockedError(
    `Another rxsync (process ${other.pid} on ${other.host}, since ${other.startedAt}) has taken ${root} over, as happens to a run that was suspended or silent: ${STOPS}.`,
    { hint: 'Wait until the other run has ended, and pull again.' },
  );
};
