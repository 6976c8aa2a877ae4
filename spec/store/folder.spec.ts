import { execFileSync } from 'node:child_process';
import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { link, mkdir, readFile, readdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { StoreError } from '../../lib/errors/store-error.js';
import { SymbolicLinkError } from '../../lib/errors/symbolic-link-error.js';
import { realFiles } from '../../lib/store/files.js';
import { Folder, type FolderOptions } from '../../lib/store/folder.js';
import { bestPin, pinByHandle, pinByName } from '../../lib/store/pin-directory.js';
import { treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** By handle where the system can, and by name as everywhere. */
const PINS: readonly (readonly [string, Pick<FolderOptions, 'pin' | 'keepsOpen'>])[] = [
  ['the best of this system', { pin: bestPin() }],
  ['the best of this system, kept open', { pin: bestPin(), keepsOpen: true }],
  ['by name', { pin: pinByName }],
  ['by name, to be kept open', { pin: pinByName, keepsOpen: true }],
];

/** A folder with a directory in it that is a link, another one outside, and the folder itself behind a link. */
const plant = async (options: FolderOptions) => {
  const [base, outside] = [await newDirectory(), await newDirectory()];
  await mkdir(path.join(base, 'real/a/b'), { recursive: true });
  await writeFile(path.join(base, 'real/a/b/c.md'), 'inside');
  await mkdir(path.join(outside, 'b'));
  await writeFile(path.join(outside, 'b/c.md'), 'outside');
  await symlink(outside, path.join(base, 'real/link'));
  await symlink('real', path.join(base, 'mirror'));
  return { base, outside, folder: new Folder(path.join(base, 'mirror'), options) };
};

/** All that is done to files, at the path or from there. */
const DEEDS: Readonly<Record<string, (folder: Folder, at: string) => unknown>> = {
  stat: (folder, at) => folder.stat(at),
  hasDirectory: (folder, at) => folder.hasDirectory(path.posix.dirname(at)),
  list: (folder, at) => folder.list(path.posix.dirname(at)),
  read: (folder, at) => folder.read(at),
  readHead: (folder, at) => folder.readHead(at, 10),
  hash: (folder, at) => folder.hash(at),
  hold: (folder, at) => folder.hold(path.posix.dirname(at)),
  sync: (folder, at) => folder.sync(at),
  openToUpdate: (folder, at) => folder.openToUpdate(at),
  create: (folder, at) => folder.create(`${at}.new`, 'x'),
  createFrom: (folder, at) => folder.createFrom(`${at}.new`, (target) => Promise.resolve(target.end('x'))),
  makeDirectory: (folder, at) => folder.makeDirectory(`${at}.new`),
  removeDirectory: (folder, at) => folder.removeDirectory(path.posix.dirname(at)),
  unlink: (folder, at) => folder.unlink(at),
  'rename from': (folder, at) => folder.rename(at, 'moved.md'),
  'rename to': (folder, at) => folder.rename('a/b/c.md', at),
};

describe.each(PINS)('a link on the way, pinned %s', (_name, options) => {
  test.each(Object.entries(DEEDS))('is refused by name: %s', async (_deed, deed) => {
    const { folder, outside } = await plant(options);
    const done = (): Promise<unknown> => Promise.resolve().then(() => deed(folder, 'link/b/c.md'));
    await expect(done()).rejects.toThrow(SymbolicLinkError);
    await expect(done()).rejects.toThrow('"link" is a symbolic link');
    expect(await treeOf(outside)).toEqual({ 'b/': '', 'b/c.md': 'outside' });
    expect(await readFile(path.join(folder.root, 'a/b/c.md'), 'utf8')).toBe('inside');
  });

  test('is a StoreError within rxsync’s own folder', async () => {
    const { folder, outside } = await plant(options);
    await symlink(outside, path.join(folder.root, '.rxsync'));
    await expect(folder.create('.rxsync/a', 'x')).rejects.toThrow(
      '".rxsync" is a symbolic link where rxsync keeps a folder of its own.',
    );
    await expect(folder.create('.rxsync/a', 'x')).rejects.toThrow(StoreError);
  });

  test('is no matter above the folder itself', async () => {
    const { folder } = await plant(options);
    await folder.create('a/b/d.md', 'new');
    await folder.rename('a/b/d.md', 'a/e.md');
    expect((await folder.read('a/e.md'))?.toString()).toBe('new');
  });

  test('is seen when it comes in the middle of a change', async () => {
    const { base, outside } = await plant(options);
    const swap = async (): Promise<void> => {
      await rename(path.join(base, 'real/a'), path.join(outside, 'a'));
      await symlink(path.join(outside, 'b'), path.join(base, 'real/a'));
    };
    // What is written then goes to the folder that was there, or is told: never where the link leads.
    const files = {
      ...realFiles,
      mkdir: async (directory: string) => {
        await swap();
        await realFiles.mkdir(directory);
      },
    };
    const folder = new Folder(path.join(base, 'mirror'), { ...options, files });
    const refusals: unknown[] = [];
    await folder.makeDirectory('a/new').catch((error: unknown) => refusals.push(error));
    expect(refusals.filter((error) => !(error instanceof SymbolicLinkError))).toEqual([]);
    await expect(folder.create('a/d.md', 'x')).rejects.toThrow(SymbolicLinkError);
    expect(await readdir(path.join(outside, 'b'))).toEqual(
      options.pin === pinByHandle ? ['c.md'] : ['c.md', 'new'],
    );
  });
});

/** What the process has open below a folder. */
const openBelow = (root: string): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const opened = readlinkSync(`/proc/self/fd/${fd}`);
      return opened.startsWith(root) ? [opened] : [];
    } catch {
      return [];
    }
  });

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('nothing stays open', () => {
  const OPENING = ['openToUpdate', 'hold'];

  test.each(Object.entries(DEEDS).filter(([name]) => !OPENING.includes(name)))(
    'of what was done, or refused: %s',
    async (_name, deed) => {
      const { base, folder } = await plant({});
      for (const at of ['a/b/c.md', 'a/b', 'a/b/none', 'link/b/c.md', 'a/b/c.md/d'])
        await Promise.resolve()
          .then(() => deed(folder, at))
          .catch(() => undefined);
      expect(openBelow(base)).toEqual([]);
    },
  );

  test('of what was held or opened to be written anew, once it is given back', async () => {
    const { base, folder } = await plant({});
    folder.close(folder.openToUpdate('a/b/c.md'));
    folder.hold('a/b').release();
    for (const at of ['a/b', 'a/b/none', 'link/b/c.md']) expect(() => folder.openToUpdate(at)).toThrow();
    for (const at of ['a', 'a/b/none', 'link/b']) expect(() => folder.hold(at)).toThrow();
    expect(openBelow(base)).toEqual([]);
  });
});

describe('what stands in the place of a file', () => {
  const PLANTED: readonly (readonly [string, (file: string, outside: string) => unknown])[] = [
    ['a folder', (file) => mkdir(file)],
    ['a FIFO', (file) => execFileSync('mkfifo', [file])],
    ['a symbolic link', (file, outside) => symlink(outside, file)],
    ['a symbolic link', (file) => symlink('/dev/zero', file)],
  ];

  test.each(PLANTED)('%s is told, never waited for', async (what, put) => {
    const [dir, outside] = [await newDirectory(), path.join(await newDirectory(), 'secret')];
    await writeFile(outside, 'secret');
    await mkdir(path.join(dir, '.rxsync'));
    await put(path.join(dir, '.rxsync/state.json'), outside);
    const folder = new Folder(dir);
    const own = '.rxsync/state.json';
    for (const deed of [
      () => folder.read(own),
      () => folder.hash(own),
      () => Promise.resolve().then(() => folder.readHead(own, 10)),
      () => Promise.resolve().then(() => folder.openToUpdate(own)),
    ])
      await expect(deed()).rejects.toThrow(`"${own}" is ${what} where rxsync keeps a file of its own.`);
    expect(await readFile(outside, 'utf8')).toBe('secret');
  });

  test('a link is moved, removed and replaced as such', async () => {
    const [dir, outside] = [await newDirectory(), path.join(await newDirectory(), 'secret')];
    await writeFile(outside, 'secret');
    for (const name of ['a', 'b', 'c']) await symlink(outside, path.join(dir, name));
    const folder = new Folder(dir);
    await folder.rename('a', 'moved');
    await folder.unlink('b');
    await folder.create('new', 'new');
    await folder.rename('new', 'c');
    await expect(folder.create('moved', 'x')).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await treeOf(dir)).toEqual({ 'moved@': '', c: 'new' });
    expect(await readFile(outside, 'utf8')).toBe('secret');
  });

  test('another name of the file keeps its content', async () => {
    const [dir, outside] = [await newDirectory(), path.join(await newDirectory(), 'other')];
    await writeFile(outside, 'other');
    await link(outside, path.join(dir, 'a'));
    const folder = new Folder(dir);
    await folder.create('new', 'new');
    await folder.rename('new', 'a');
    expect(await readFile(outside, 'utf8')).toBe('other');
    expect(await readFile(path.join(dir, 'a'), 'utf8')).toBe('new');
  });
});

test('what is not there is nothing, also below a file', async () => {
  const dir = await newDirectory();
  await writeFile(path.join(dir, 'file'), '');
  const folder = new Folder(dir);
  for (const at of ['none', 'none/a', 'file/a']) {
    expect([folder.stat(at), folder.readHead(at, 10), folder.hasDirectory(at)]).toEqual([
      undefined,
      undefined,
      false,
    ]);
    expect([await folder.read(at), await folder.hash(at), folder.list(at)]).toEqual([
      undefined,
      undefined,
      [],
    ]);
  }
});

test('a file that is given up before it was opened comes to no other directory', async () => {
  const dir = await newDirectory();
  await mkdir(path.join(dir, 'a'));
  await mkdir(path.join(dir, 'b'));
  let openFile = (): void => undefined;
  const createWriteStream = (file: string): Writable =>
    new Writable({
      construct: (done) => {
        openFile = () => {
          writeFileSync(file, '');
          done();
        };
      },
    });
  const folder = new Folder(dir, { files: { ...realFiles, createWriteStream } });
  const writing = folder.createFrom('a/x', () => Promise.reject(new Error('given up')));
  await Promise.all([
    expect(writing).rejects.toThrow('given up'),
    setImmediate().then(() => {
      const other = folder.hold('b');
      openFile();
      other.release();
    }),
  ]);
  expect(await treeOf(dir)).toEqual({ 'a/': '', 'a/x': '', 'b/': '' });
});

test('a folder that has gone is made anew and used again', async () => {
  const dir = await newDirectory();
  const folder = new Folder(dir);
  await folder.makeDirectory('a');
  await rm(path.join(dir, 'a'), { recursive: true });
  await expect(folder.create('a/b', 'x')).rejects.toMatchObject({ code: 'ENOENT' });
  await folder.makeDirectory('a');
  await folder.create('a/b', 'x');
  await unlink(path.join(dir, 'a/b'));
  await folder.removeDirectory('a');
  expect(await treeOf(dir)).toEqual({});
});
