import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { realFiles } from '../../lib/store/files.js';
import { hashText } from '../../lib/store/hash-text.js';
import { Folder } from '../../lib/store/folder.js';
import { openLevelRows } from '../../lib/store/level-rows.js';
import { takeAway } from '../../lib/store/make-way.js';
import { MirrorDirectory } from '../../lib/store/mirror-directory.js';
import { type OpenRows, withWrite } from '../../lib/store/rows.js';
import { put, withMirror, writePage } from './support/mirror.js';
import { filesOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** Lets the user save a file once rxsync has written that it is about to put one there: it has looked at the place before. */
const savedMeanwhile = (save: () => Promise<void>): OpenRows => {
  let isSaved = false;
  return async (location, id) => {
    const rows = await openLevelRows(location, id);
    return withWrite(rows, async (changes, options) => {
      await rows.write(changes, options);
      if (isSaved || !changes.some(([key]) => key === 'f:a.md')) return;
      isSaved = true;
      await save();
    });
  };
};

describe('what the user saves after rxsync has looked at the place of a file, and before it writes there', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['over a file of the mirror, which is replaced', { 'a.md': 'one' }],
    ['where a new one comes', {}],
    ['in a new folder, where one comes', { 'b.md': 'b' }],
  ])('is kept aside: %s', async (_name, before) => {
    const dir = await newDirectory();
    const kept: string[] = [];
    await withMirror(dir, ({ store }) => writePage(store, '1', before));
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'two' }, 2), {
      openRows: savedMeanwhile(() => put(dir, 'a.md', 'mine')),
      onKept: (from, to) => void kept.push(`${from} -> ${to}`),
    });
    expect(await filesOf(dir)).toEqual({ 'a.md': 'two', 'a.md.local-1': 'mine' });
    expect(kept).toEqual(['a.md -> a.md.local-1']);
  });

  test('also with the length of the one before', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'two' }, 2), {
      openRows: savedMeanwhile(() => writeFile(path.join(dir, 'a.md'), 'own')),
    });
    expect(await filesOf(dir)).toEqual({ 'a.md': 'two', 'a.md.local-1': 'own' });
  });

  test('is overwritten by force, as anything there is', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'two' }, 2), {
      openRows: savedMeanwhile(() => put(dir, 'a.md', 'mine')),
      force: true,
    });
    expect(await filesOf(dir)).toEqual({ 'a.md': 'two' });
  });
});

/** In which somebody saves a file as soon as it was read. */
class Busy extends MirrorDirectory {
  #save: (() => Promise<void>) | undefined;

  constructor(dir: string, save: () => Promise<void>) {
    super(new Folder(dir));
    this.#save = save;
  }

  override async hash(relative: string): Promise<string | undefined> {
    const hash = await super.hash(relative);
    const save = this.#save;
    this.#save = undefined;
    await save?.();
    return hash;
  }
}

test('what is saved after rxsync has found a file to be its own, and before it removes that, is kept aside', async () => {
  const dir = await newDirectory();
  const file = path.join(dir, 'a.md');
  await put(dir, 'a.md', 'one');
  const kept: string[] = [];
  await takeAway(
    {
      directory: new Busy(dir, () => writeFile(file, 'own')),
      files: { stampsAt: () => [] },
      force: false,
      onKept: (_from, to) => void kept.push(to),
    },
    { path: 'a.md', bytes: 3, hash: hashText('one') },
  );
  expect(kept).toEqual(['a.md.local-1']);
  expect(await readFile(`${file}.local-1`, 'utf8')).toBe('own');
});

test('what is saved in the run that has written the file, with its length, is kept aside by the next one', async () => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    await writePage(store, '1', { 'a.md': 'one' });
    await writePage(store, '2', { 'b.md': 'two' });
    await writeFile(path.join(dir, 'a.md'), 'own');
  });
  const kept: string[] = [];
  await withMirror(
    dir,
    async ({ store }) => {
      expect(store.records.get('page:1')).toMatchObject({ version: 0, fingerprint: '' });
      expect(store.records.get('page:2')).toMatchObject({ version: 1 });
      await writePage(store, '1', { 'a.md': 'one' });
    },
    { onKept: (from, to) => void kept.push(`${from} -> ${to}`) },
  );
  expect(await filesOf(dir)).toEqual({ 'a.md': 'one', 'a.md.local-1': 'own', 'b.md': 'two' });
  expect(kept).toEqual(['a.md -> a.md.local-1']);
});

test('a file that was only touched, or moved on in the same run, is what its record says', async () => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    await writePage(store, '1', { 'a.md': 'one' });
    await writeFile(path.join(dir, 'a.md'), 'one');
    await writePage(store, '2', { 'b.md': 'two' });
    await writePage(store, '2', { 'c.md': 'two' });
  });
  await withMirror(dir, ({ store }) => {
    expect(store.records.get('page:1')).toMatchObject({ version: 1 });
    expect(store.records.get('page:2')).toMatchObject({ version: 1 });
    return Promise.resolve();
  });
  expect(await filesOf(dir)).toEqual({ 'a.md': 'one', 'c.md': 'two' });
});

describe('what the user saves with the length of the file, at the worst moment, is found by the next run', () => {
  /** Resolves when the clock of the file system, perhaps a coarse one, has gone on. */
  const tick = async (dir: string): Promise<void> => {
    const probe = path.join(dir, 'probe');
    await writeFile(probe, '');
    const { mtimeMs } = await stat(probe);
    do await writeFile(probe, '');
    while ((await stat(probe)).mtimeMs <= mtimeMs);
    await rm(probe);
  };

  /** Page 1 is to be fetched again, as its file is not what was written; the next run keeps that aside. */
  const expectKept = async (dir: string, name = 'a.md', text = 'one'): Promise<void> => {
    await withMirror(dir, ({ store }) => {
      expect(store.records.get('page:1')).toMatchObject({ version: 0, fingerprint: '' });
      return writePage(store, '1', { [name]: text }, 3);
    });
    expect(await filesOf(dir)).toEqual({ [name]: text, [`${name}.local-1`]: 'own' });
  };

  test('after its content was found to be the same, before that is recorded', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }, 2), {
      openRows: savedMeanwhile(async () => {
        await writeFile(path.join(dir, 'a.md'), 'own');
        await tick(dir);
      }),
    });
    await expectKept(dir);
  });

  test.each<[string, (file: string) => Promise<void>]>([
    ['in place', (file) => writeFile(file, 'own')],
    [
      'by another file that has its times',
      async (file) => {
        const { atime, mtime } = await stat(file);
        await writeFile(`${file}~`, 'own');
        await utimes(`${file}~`, atime, mtime);
        await rename(`${file}~`, file);
      },
    ],
  ])('as soon as the file has appeared, %s', async (_name, save) => {
    const dir = await newDirectory();
    const files = {
      ...realFiles,
      rename: async (from: string, to: string): Promise<void> => {
        await realFiles.rename(from, to);
        if (!to.endsWith('/a.md')) return;
        await tick(dir);
        await save(to);
        await tick(dir);
      },
    };
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }), { files });
    await expectKept(dir);
  });

  test('before the file is moved on as it is: it is not', async () => {
    const dir = await newDirectory();
    const stamps = await withMirror(
      dir,
      async ({ store }) => (await writePage(store, '1', { 'a.md': 'one' })).files,
    );
    await withMirror(dir, async ({ store }) => {
      await writeFile(path.join(dir, 'a.md'), 'own');
      for (const stamp of stamps) expect(await store.moveFile('page:1', stamp, 'b.md')).toBeUndefined();
    });
    expect(await filesOf(dir)).toEqual({ 'a.md': 'own' });
  });

  test('while it is being moved on', async () => {
    const dir = await newDirectory();
    const stamps = await withMirror(
      dir,
      async ({ store }) => (await writePage(store, '1', { 'a.md': 'one' })).files,
    );
    const openRows: OpenRows = async (location, id) => {
      const rows = await openLevelRows(location, id);
      return withWrite(rows, async (changes, options) => {
        await rows.write(changes, options);
        if (changes.some(([key]) => key === 'f:b.md')) await writeFile(path.join(dir, 'a.md'), 'own');
      });
    };
    await withMirror(
      dir,
      async ({ store }) => {
        const files = [];
        for (const stamp of stamps) files.push((await store.moveFile('page:1', stamp, 'b.md')) ?? stamp);
        await store.put({ kind: 'page', id: '1', version: 2, fingerprint: 'f', files });
        await tick(dir);
      },
      { openRows },
    );
    await expectKept(dir, 'b.md');
  });
});
