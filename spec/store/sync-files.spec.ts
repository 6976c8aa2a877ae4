import { expect, test } from '@jest/globals';
import { RefusedFileError } from '../../lib/errors/refused-file-error.js';
import { SymbolicLinkError } from '../../lib/errors/symbolic-link-error.js';
import type { Folder } from '../../lib/store/folder.js';
import { MirrorDirectory } from '../../lib/store/mirror-directory.js';
import { syncFiles } from '../../lib/store/sync-files.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** A directory that notes what is synced, and refuses one of the files. */
class WatchedDirectory extends MirrorDirectory {
  readonly synced: string[] = [];
  most = 0;
  #now = 0;
  readonly #refused: string | undefined;
  readonly #error: Error;

  constructor(folder: Folder, refused?: string, error = new Error('refused')) {
    super(folder);
    this.#refused = refused;
    this.#error = error;
  }

  override async sync(relative: string): Promise<void> {
    this.#now += 1;
    this.most = Math.max(this.most, this.#now);
    await Promise.resolve();
    this.#now -= 1;
    this.synced.push(relative);
    if (relative === this.#refused) throw this.#error;
  }
}

const watched = async (refused?: string, error?: Error) =>
  new WatchedDirectory(await storeFolder(await newDirectory()), refused, error);
const pathsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${String(at).padStart(3, '0')}.md`);

test.each([0, 1, 15, 16, 17, 100])(
  'of %i files each is synced once, at most 16 side by side',
  async (count) => {
    const directory = await watched();
    expect(await syncFiles(directory, pathsOf(count))).toBe(true);
    expect([directory.synced.sort(), directory.most]).toEqual([pathsOf(count), Math.min(16, count)]);
  },
);

test('one that is refused is told, and the others are synced', async () => {
  const directory = await watched('003.md', new RefusedFileError('003.md', 'refused'));
  expect(await syncFiles(directory, pathsOf(40))).toBe(false);
  expect(directory.synced).toHaveLength(40);
});

test('one that is behind a link by now is none of the mirror any more', async () => {
  expect(await syncFiles(await watched('003.md', new SymbolicLinkError('003.md')), pathsOf(40))).toBe(true);
});

test('whatever concerns the whole disk ends it', async () => {
  const error = new Error('broken disk');
  await expect(syncFiles(await watched('003.md', error), pathsOf(40))).rejects.toBe(error);
});
