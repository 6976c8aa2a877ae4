import type { Stats } from './files.js';
import type { Outline } from '../core/outline.js';
import type { FileStamp } from '../core/records.js';
import { RefusedFileError } from '../errors/refused-file-error.js';
import type { Looks } from './looks.js';
import type { MirrorDirectory } from './mirror-directory.js';

/** How closely to look at the files of a record. */
export interface Doubt {
  /** Look at the content of every file. */
  readonly byHash: boolean;
  /** Look at the content of files that were written at this time or later. */
  readonly sinceMs: number;
}

/**
 * Whether a file was changed or put in its place at that time or later. The second time cannot be set by hand: it tells of
 * a copy that keeps the first.
 */
export const isTouched = ({ mtimeMs, ctimeMs }: Stats, sinceMs: number): boolean =>
  mtimeMs >= sinceMs || ctimeMs >= sinceMs;

/** What is refused is as good as not there. */
export const ifReadable = async <T>(look: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await look();
  } catch (error) {
    if (error instanceof RefusedFileError) return undefined;
    throw error;
  }
};

/** Of what is a file that can be read, and behind no symbolic link. */
export const hashOf = (directory: MirrorDirectory, path: string): Promise<string | undefined> =>
  ifReadable(async () => (directory.stat(path)?.isFile() === true ? directory.hash(path) : undefined));

/** That of the contents which a file has, if it has any of them; it is read only if it is as long as one. */
export const contentOf = async <T extends Pick<FileStamp, 'bytes' | 'hash'>>(
  directory: MirrorDirectory,
  path: string,
  contents: readonly T[],
): Promise<T | undefined> => {
  const stat = directory.stat(path);
  if (!stat?.isFile() || !contents.some(({ bytes }) => bytes === stat.size)) return undefined;
  const found = await directory.hash(path);
  return contents.find(({ hash }) => hash === found);
};

/** `gone`: not there, not to be read, or of another size, as every look tells; `changed`: only its content tells. */
export type Soundness = 'sound' | 'gone' | 'changed';

/** Whose files are looked at. */
export interface Mirror {
  readonly directory: MirrorDirectory;
  /** Of this directory. */
  readonly looks: Looks;
}

/** What was written for an item. */
type Holding = Pick<Outline, 'files' | 'directory'>;

/** What a look at the file tells; undefined where only its content does. */
const lookAt = (
  { looks }: Mirror,
  { path, bytes }: FileStamp,
  { byHash, sinceMs }: Doubt,
): 'sound' | 'gone' | undefined => {
  const stat = looks.stat(path);
  if (!stat?.isFile() || stat.size !== bytes) return 'gone';
  return byHash || isTouched(stat, sinceMs) ? undefined : 'sound';
};

const lookInto = async ({ directory }: Mirror, { path, hash }: FileStamp): Promise<Soundness> =>
  (await directory.hash(path)) === hash ? 'sound' : 'changed';

/** Whether looks alone tell that the files of a record are there: at once, as there are many. */
export const isSoundAtSight = (mirror: Mirror, { files, directory }: Holding, doubt: Doubt): boolean => {
  try {
    if (directory !== undefined) return mirror.looks.hasDirectory(directory);
    return files.every((stamp) => lookAt(mirror, stamp, doubt) === 'sound');
  } catch (error) {
    if (error instanceof RefusedFileError) return false;
    throw error;
  }
};

/**
 * Whether the files of a record are there, by presence and size, and by hash where there is doubt. What cannot
 * be read, or is behind a symbolic link, is not ours to trust.
 */
export const soundnessOf = async (
  mirror: Mirror,
  { files, directory }: Holding,
  doubt: Doubt,
): Promise<Soundness> => {
  try {
    if (directory !== undefined) return mirror.looks.hasDirectory(directory) ? 'sound' : 'gone';
    for (const stamp of files) {
      const soundness = lookAt(mirror, stamp, doubt) ?? (await lookInto(mirror, stamp));
      if (soundness !== 'sound') return soundness;
    }
    return 'sound';
  } catch (error) {
    if (error instanceof RefusedFileError) return 'gone';
    throw error;
  }
};
