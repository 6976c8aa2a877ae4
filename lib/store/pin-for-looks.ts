import path from 'node:path';
import { nameOf, parentOf } from './folder-paths.js';
import { lookAtDirectory, type PinDirectory } from './pin-directory.js';

/**
 * Pins for looks at many files in one go, which change nothing: each directory on the way is examined once, by name. What is
 * swapped meanwhile is not seen; whoever reads or writes a file looks again.
 */
export const pinForLooks = (): PinDirectory => {
  /** Directories with how the file system names them. */
  const examined = new Map<string, string>();
  const examine = (root: string, relative: string): string => {
    if (relative === '') return root;
    const known = examined.get(relative);
    if (known !== undefined) return known;
    const location = `${examine(root, parentOf(relative))}${path.sep}${nameOf(relative)}`;
    lookAtDirectory(root, relative);
    examined.set(relative, location);
    return location;
  };
  return (root, relative) => {
    const location = examine(root, relative);
    return {
      at: (name) => (name === '' ? location : `${location}${path.sep}${name}`),
      release: () => undefined,
    };
  };
};
