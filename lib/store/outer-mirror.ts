import path from 'node:path';
import { Folder } from './folder.js';
import { isMirror } from './own-files.js';

/** What is no folder, or cannot be looked into, is nobody's mirror. */
const mayBeMirror = (dir: string): boolean => {
  try {
    return isMirror(new Folder(dir));
  } catch {
    return false;
  }
};

/** The mirror that a folder lies within; undefined where none is above it. */
export const outerMirror = (dir: string): string | undefined => {
  const parent = path.dirname(dir);
  if (parent === dir) return undefined;
  return mayBeMirror(parent) ? parent : outerMirror(parent);
};
