import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { MediaError } from '../../lib/errors/media-error.js';
import { Folder } from '../../lib/store/folder.js';
import { hashText } from '../../lib/store/hash-text.js';
import { TemporaryFiles } from '../../lib/store/temporary-files.js';
import { failingFiles } from './support/failing-files.js';
import { storeFolder } from './support/store-folder.js';
import { treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const TEMPORARY = '.rxsync/tmp';

const opened = async () => {
  const folder = await storeFolder(await newDirectory());
  const at = (file: string): string => path.join(folder.root, file);
  return { folder, at, temporary: new TemporaryFiles(folder) };
};
const left = ({ folder }: { readonly folder: Folder }) => folder.list(TEMPORARY).map(({ name }) => name);

const streamOf = (...chunks: readonly string[]): Readable =>
  Readable.from(chunks.map((text) => Buffer.from(text)));

test('a text becomes a file of its own, measured in bytes', async () => {
  const { at, temporary } = await opened();
  const [a, b] = [await temporary.ofText('ä'), await temporary.ofText('ä')];
  expect(a).toEqual({ file: expect.stringMatching(/^\.rxsync\/tmp\/.+-1$/), bytes: 2, hash: hashText('ä') });
  expect(b.file).not.toBe(a.file);
  expect(await readFile(at(a.file), 'utf8')).toBe('ä');
  expect((await temporary.read(a))?.toString()).toBe('ä');
  expect([temporary.has(a), temporary.vacancy()]).toEqual([true, expect.stringMatching(/-3$/)]);
  await temporary.remove(a);
  expect([temporary.has(a), await temporary.read(a)]).toEqual([false, undefined]);
});

test('two runs never mean the same file', async () => {
  const { folder, temporary } = await opened();
  expect(new TemporaryFiles(folder).vacancy()).not.toBe(temporary.vacancy());
});

test('what earlier runs have left goes, and nothing else; the directory is made where there is none', async () => {
  const { folder, temporary } = await opened();
  await temporary.ofText('left');
  await temporary.ofWriter((location) => writeFile(location, 'x').then(() => ({ bytes: 1, hash: '' })));
  await writeFile(path.join(folder.root, 'mine.md'), 'mine');
  await temporary.clear();
  expect([left({ folder }), await treeOf(folder.root)]).toEqual([[], { 'mine.md': 'mine' }]);
  await folder.removeDirectory(TEMPORARY);
  await temporary.clear();
  expect(folder.hasDirectory(TEMPORARY)).toBe(true);
});

test('the time is that of the file system, and leaves nothing', async () => {
  const { at, folder, temporary } = await opened();
  const before = (await stat(at((await temporary.ofText('')).file))).mtimeMs;
  const time = await temporary.time();
  expect(time).toBeGreaterThanOrEqual(before);
  expect(time).toBeLessThanOrEqual(Date.now() + 60_000);
  expect(left({ folder })).toHaveLength(1);
});

test('one of rxsync’s own files is replaced in one step, and nothing is left', async () => {
  const { at, folder, temporary } = await opened();
  for (const text of ['one', 'two']) {
    await temporary.replace('.rxsync/own', text);
    expect(await readFile(at('.rxsync/own'), 'utf8')).toBe(text);
  }
  expect(left({ folder })).toEqual([]);
});

test('what is replaced survives a power cut, first its content, then its name', async () => {
  const { folder } = await opened();
  for (const at of [1, 2]) {
    const failing = new Folder(folder.root, { files: failingFiles({ operation: 'sync', at, code: 'EIO' }) });
    await expect(new TemporaryFiles(failing).replace('.rxsync/own', 'x')).rejects.toMatchObject({
      code: 'EIO',
    });
    expect(folder.stat('.rxsync/own') !== undefined).toBe(at === 2);
  }
});

test('that their directory was removed meanwhile is told, with what to do', async () => {
  const { at, folder, temporary } = await opened();
  await temporary.ofWriter((location) => writeFile(location, '').then(() => ({ bytes: 0, hash: '' })));
  await rm(at(TEMPORARY), { recursive: true });
  const gone = { code: 'store', hint: expect.stringContaining('leave what is in .rxsync to rxsync') };
  await expect(temporary.ofText('text')).rejects.toMatchObject({
    ...gone,
    message: `"${TEMPORARY}" was removed while rxsync worked with it.`,
  });
  await expect(
    temporary.ofWriter((location) => writeFile(location, '').then(() => undefined)),
  ).rejects.toMatchObject(gone);
  expect(folder.stat(TEMPORARY)).toBeUndefined();
});

describe('of what somebody writes', () => {
  test('becomes a draft, with what was said of it', async () => {
    const { at, temporary } = await opened();
    const draft = await temporary.ofWriter(async (location) => {
      await writeFile(location, 'text');
      return { bytes: 4, hash: 'h', more: true };
    });
    expect(draft).toEqual({ file: expect.stringContaining(TEMPORARY), bytes: 4, hash: 'h', more: true });
    expect(await readFile(at(draft?.file ?? ''), 'utf8')).toBe('text');
  });

  test('what comes to nothing, or fails, leaves no file', async () => {
    const { folder, temporary } = await opened();
    const error = new Error('broken');
    const nothing = await temporary.ofWriter((location) => writeFile(location, 'half').then(() => undefined));
    const failed = temporary.ofWriter(async (location) => {
      await writeFile(location, 'half');
      throw error;
    });
    expect(nothing).toBeUndefined();
    await expect(failed).rejects.toBe(error);
    expect(left({ folder }).flatMap((name) => folder.list(`${TEMPORARY}/${name}`))).toEqual([]);
  });

  test('64 drafts stand in one directory, the next in another', async () => {
    const { folder, temporary } = await opened();
    const write = (location: string) => writeFile(location, '').then(() => ({ bytes: 0, hash: '' }));
    await Promise.all(Array.from({ length: 65 }, () => temporary.ofWriter(write)));
    const counts = left({ folder }).map((name) => folder.list(`${TEMPORARY}/${name}`).length);
    expect(counts.sort((a, b) => a - b)).toEqual([1, 64]);
  });
});

describe('of a stream', () => {
  test.each([[4], [undefined]])(
    'becomes a file, measured as it passes; stated: %p bytes',
    async (expected) => {
      const { at, temporary } = await opened();
      const { file, ...measured } = await temporary.ofStream(streamOf('te', 'xt'), expected, 'a/b.png');
      expect(measured).toEqual({ bytes: 4, hash: hashText('text') });
      expect(await readFile(at(file), 'utf8')).toBe('text');
    },
  );

  test.each([
    [3, 'At least 4 bytes came where the wiki states 3.'],
    [5, '4 bytes came where the wiki states 5.'],
  ])('with another length than the %i bytes that are stated leaves no file', async (expected, message) => {
    const { folder, temporary } = await opened();
    const written = temporary.ofStream(streamOf('te', 'xt'), expected, 'a/b.png');
    await expect(written).rejects.toThrow(MediaError);
    await expect(written).rejects.toMatchObject({ code: 'media-length', message });
    expect(left({ folder })).toEqual([]);
  });

  test('what fails in the stream is raised as it is; what the disk refuses as a StoreError', async () => {
    const { folder, temporary } = await opened();
    const error = Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' });
    const broken = new Readable({ read: () => broken.destroy(error) });
    await expect(temporary.ofStream(broken, 4, 'a/b.png')).rejects.toBe(error);
    const files = failingFiles({ operation: 'createWriteStream', at: 1, code: 'ENOSPC' });
    const full = new TemporaryFiles(new Folder(folder.root, { files }));
    await expect(full.ofStream(streamOf('text'), 4, 'a/b.png')).rejects.toMatchObject({
      code: 'store',
      message: 'The attachment "a/b.png" cannot be stored: ENOSPC.',
    });
    expect(left({ folder })).toEqual([]);
  });

  test('that has nowhere to go is a StoreError', async () => {
    const { folder, temporary } = await opened();
    await folder.removeDirectory(TEMPORARY);
    await expect(temporary.ofStream(streamOf('text'), 4, 'a/b.png')).rejects.toMatchObject({
      code: 'store',
      message: `"${TEMPORARY}" was removed while rxsync worked with it.`,
    });
  });
});
