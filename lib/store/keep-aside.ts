import type { MirrorDirectory } from './mirror-directory.js';

/** Moves what stands at a path of the mirror to `<name>.local-<n>`, and returns where that is. */
export const keepAside = async (directory: MirrorDirectory, path: string): Promise<string> => {
  let n = 1;
  while (directory.stat(`${path}.local-${n}`)) n += 1;
  const keptAs = `${path}.local-${n}`;
  await directory.moveTo(path, keptAs);
  return keptAs;
};
