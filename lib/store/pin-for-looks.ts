import path from 'node:path';
import { parentOf } from './folder-paths.js';
import { lookAtDirectory, type PinDirectory } from './pin-directory.js';

/**
 * Pins for looks at many files in one go, which change nothing: each directory on the way is examined once, by name. What is
 * swapped meanwhile is not seen; whoever reads or writes a file looks again.
 */
export const pinForLooks = (): PinDirectory => {
  const examined = new Set<string>();
  const examine = (root: string, relative: string): void => {
    if (relative === '' || examined.has(relative)) return;
    examine(root, parentOf(relative));
    lookAtDirectory(root, relative);
    examined.add(relative);
  };
  return (root, relative) => {
    examine(root, relative);
    return { at: (name) => path.join(root, relative, name), release: () => undefined };
  };
};
