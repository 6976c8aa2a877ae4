import path from 'node:path';

/** Of the process, as the lock is that they hold: whoever begins a pull knows nothing of the one that was given up. */
const endings = new Map<string, Promise<void>>();

/** Notes that a run which nobody awaits any more is leaving the mirror in `dir`. */
export const noteEnding = (dir: string, closing: Promise<void>): void => {
  const key = path.resolve(dir);
  const ending = closing
    .catch(() => undefined)
    .then(() => {
      if (endings.get(key) === ending) endings.delete(key);
    });
  endings.set(key, ending);
};

/** Resolves when no run of this process that was given up is in the mirror in `dir` any more; never rejects. */
export const ended = (dir: string): Promise<void> => endings.get(path.resolve(dir)) ?? Promise.resolve();
