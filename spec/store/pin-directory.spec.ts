import { readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rmdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { RefusedFileError } from '../../lib/errors/refused-file-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { SymbolicLinkError } from '../../lib/errors/symbolic-link-error.js';
import { bestPin, pinByHandle, pinByName } from '../../lib/store/pin-directory.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** A root, with a directory in it and rxsync's own. */
const newRoot = async (): Promise<string> => {
  const root = path.join(await newDirectory(), 'mirror');
  for (const each of ['a/b', '.rxsync/tmp']) await mkdir(path.join(root, each), { recursive: true });
  return root;
};

/** Puts another directory in the place of one. */
const replace = async (directory: string): Promise<void> => {
  await rename(directory, `${directory}-before`);
  await mkdir(directory);
};

describe('by name', () => {
  test.each([
    ['', '.', StoreError],
    ['.rxsync/tmp', '.rxsync/tmp', StoreError],
    ['a/b', 'a/b', RefusedFileError],
  ])('"%s" is told when another one has come to its place', async (relative, told, errorClass) => {
    const root = await newRoot();
    const pin = pinByName(root, relative);
    await replace(path.join(root, relative));
    expect(pin.release).toThrow(errorClass);
    expect(pin.release).toThrow(
      expect.objectContaining({
        message: `The folder "${told}" was replaced while rxsync worked on it.`,
        hint: 'Pull again when nothing else moves folders of the mirror.',
      }),
    );
  });

  test('one that is as it was, or has gone meanwhile, is let go without a word', async () => {
    const root = await newRoot();
    const pin = pinByName(root, 'a/b');
    expect(pin.at('c.md')).toBe(path.join(root, 'a/b/c.md'));
    expect(pin.release).not.toThrow();
    await rmdir(path.join(root, 'a/b'));
    expect(pin.release).not.toThrow();
  });

  test('a link that has come to its place is told as one', async () => {
    const [root, outside] = [await newRoot(), await newDirectory()];
    const pin = pinByName(root, 'a/b');
    await rmdir(path.join(root, 'a/b'));
    await symlink(outside, path.join(root, 'a/b'));
    expect(pin.release).toThrow(SymbolicLinkError);
  });
});

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('by handle', () => {
  test('is the way to pin', () => {
    expect(bestPin()).toBe(pinByHandle);
  });

  test('a directory is the one that it was, wherever it is by now, and knows that it has moved', async () => {
    const root = await newRoot();
    const pin = pinByHandle(root, 'a/b');
    expect(pin.isCurrent?.()).toBe(true);
    await replace(path.join(root, 'a/b'));
    await writeFile(pin.at('c.md'), 'one');
    expect(pin.isCurrent?.()).toBe(false);
    pin.release();
    expect(await readFile(path.join(root, 'a/b-before/c.md'), 'utf8')).toBe('one');
  });

  test('one that the system knows by another name is pinned all the same', async () => {
    const [root, other] = [await newRoot(), await newDirectory()];
    await symlink(path.dirname(root), path.join(other, 'name'));
    const pin = pinByHandle(path.join(other, 'name/mirror'), 'a');
    expect(readdirSync(pin.at(''))).toEqual(['b']);
    pin.release();
  });

  test.each([
    ['a link on the way', 'link/b', SymbolicLinkError],
    ['a link', 'link', SymbolicLinkError],
    ['a file', 'file', expect.objectContaining({ code: 'ENOTDIR' })],
    ['nothing', 'none', expect.objectContaining({ code: 'ENOENT' })],
  ])('%s is refused, and leaves nothing open', async (_, relative, error) => {
    const root = await newRoot();
    await symlink('a', path.join(root, 'link'));
    await writeFile(path.join(root, 'file'), '');
    const before = readdirSync('/proc/self/fd').length;
    for (let i = 0; i < 5; i += 1) expect(() => pinByHandle(root, relative)).toThrow(error);
    expect(readdirSync('/proc/self/fd')).toHaveLength(before);
  });
});
