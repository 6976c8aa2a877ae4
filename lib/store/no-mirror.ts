import { NoMirrorError } from '../errors/no-mirror-error.js';

export const noMirror = (dir: string): NoMirrorError =>
  new NoMirrorError(`There is no mirror in "${dir}".`, {
    hint: 'Name the folder that holds .rxsync, or the one that holds several such folders. rxsync pull makes a mirror.',
  });
