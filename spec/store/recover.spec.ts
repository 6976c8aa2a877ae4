import { rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { StoreError } from '../../lib/errors/store-error.js';
import { openMirror } from '../../lib/store/open-mirror.js';
import type { OpenMirrorOptions } from '../../lib/store/stored-mirror.js';
import { killedAfter, put, readRecords, withMirror, writePage } from './support/mirror.js';
import { refusingFiles } from './support/refusing-files.js';
import { filesOf, treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** What the next run finds: which records it may rely on. */
const soundIn = async (dir: string) => (await readRecords(dir)).sound;

/** What the next run keeps aside before it does anything. */
const keptOnOpening = async (dir: string): Promise<readonly string[]> => {
  const kept: string[] = [];
  const onKept = (from: string, to: string): void => void kept.push(`${from} -> ${to}`);
  await withMirror(dir, () => Promise.resolve(), { onKept });
  return kept;
};

describe('killed between the file and its record', () => {
  test('a file of a new page goes, with its directories; the next run writes it without litter', async () => {
    const dir = await newDirectory();
    await killedAfter(dir, ({ store }) => store.writeText('page:1', 'a/b.md', 'one'));
    expect(await filesOf(dir)).toEqual({ 'a/b.md': 'one' });
    await withMirror(dir, async ({ store }) => {
      expect(await treeOf(dir)).toEqual({});
      await writePage(store, '1', { 'a/b.md': 'two' }, 2);
    });
    expect(await treeOf(dir)).toEqual({ 'a/': '', 'a/b.md': 'two' });
  });

  test('the directory of a folder stays', async () => {
    const dir = await newDirectory();
    await killedAfter(dir, async ({ store }) => {
      await store.makeDirectory('folder:9', 'guides');
      await store.put({
        kind: 'folder',
        id: '9',
        version: 0,
        fingerprint: '',
        files: [],
        directory: 'guides',
      });
      await store.writeText('page:1', 'guides/b.md', 'one');
    });
    await withMirror(dir, () => Promise.resolve());
    expect(await treeOf(dir)).toEqual({ 'guides/': '' });
  });

  test('a file that the user changed meanwhile is kept aside, with a word', async () => {
    const dir = await newDirectory();
    await killedAfter(dir, ({ store }) => store.writeText('page:1', 'a.md', 'one'));
    await put(dir, 'a.md', 'mine');
    expect(await keptOnOpening(dir)).toEqual(['a.md -> a.md.local-1']);
    expect(await filesOf(dir)).toEqual({ 'a.md.local-1': 'mine' });
  });

  test('a replaced file makes its record outdated, also when its size is as before', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await killedAfter(dir, ({ store }) => store.writeText('page:1', 'a.md', 'two'));
    expect(await soundIn(dir)).toEqual([]);
    await withMirror(dir, ({ store }) => {
      expect(store.records.get('page:1')).toMatchObject({ version: 0, fingerprint: '' });
      return Promise.resolve();
    });
  });

  test('no litter either when two runs lie between', async () => {
    const dir = await newDirectory();
    const kept: string[] = [];
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await killedAfter(dir, ({ store }) => store.writeText('page:1', 'a.md', 'two'));
    await withMirror(dir, () => Promise.resolve());
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'three' }, 3), {
      onKept: (_, keptAs) => void kept.push(keptAs),
    });
    expect(await filesOf(dir)).toEqual({ 'a.md': 'three' });
    expect(kept).toEqual([]);
  });

  test('the other files of an item whose path was taken are not litter', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.xhtml': 'one', 'a.meta.json': '1' }));
    await killedAfter(dir, ({ store }) => store.writeText('page:2', 'a.xhtml', 'two'));
    await withMirror(dir, async ({ store }) => {
      await writePage(store, '2', { 'a.xhtml': 'two', 'a.meta.json': '2' });
      await writePage(store, '1', { 'b.xhtml': 'one', 'b.meta.json': '1' });
    });
    expect(await filesOf(dir)).toEqual({
      'a.xhtml': 'two',
      'a.meta.json': '2',
      'b.xhtml': 'one',
      'b.meta.json': '1',
    });
  });
});

describe('killed between the record of a moved item and the end of its old place', () => {
  const moved = async (dir: string, before: readonly ['unlink' | 'rmdir', number]) => {
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'old/deep/a.md': 'one' }));
    await killedAfter(dir, ({ store }) => writePage(store, '1', { 'new/a.md': 'one' }, 2), before);
  };

  // The seal of the records is the first file that goes.
  test.each<readonly ['unlink' | 'rmdir', number, string]>([
    ['unlink', 2, 'old/deep/a.md'],
    ['rmdir', 1, 'old/deep/'],
    ['rmdir', 2, 'old/'],
  ])('what is left of it goes: killed before %s number %i', async (operation, at, left) => {
    const dir = await newDirectory();
    await moved(dir, [operation, at]);
    expect(Object.keys(await treeOf(dir))).toContain(left);
    await withMirror(dir, () => Promise.resolve());
    expect(await treeOf(dir)).toEqual({ 'new/': '', 'new/a.md': 'one' });
  });

  test('what the user put at the old place is kept aside, with a word', async () => {
    const dir = await newDirectory();
    await moved(dir, ['unlink', 2]);
    await put(dir, 'old/deep/a.md', 'mine');
    expect(await keptOnOpening(dir)).toEqual(['old/deep/a.md -> old/deep/a.md.local-1']);
    expect(await filesOf(dir)).toEqual({ 'old/deep/a.md.local-1': 'mine', 'new/a.md': 'one' });
  });
});

describe('what was left behind and has gone is told, with what the item has now', () => {
  /** What the next run tells before it does anything: of each path, the files and the directory of its item. */
  const sweptOnOpening = async (dir: string): Promise<readonly string[]> => {
    const swept: string[] = [];
    const onSwept: OpenMirrorOptions['onSwept'] = (gone, { kind, id, files, directory }) => {
      const now = [
        ...files.map(({ path: file, bytes }) => `${file} ${bytes}`),
        ...(directory ? [directory] : []),
      ];
      swept.push(`${gone} of ${kind}:${id}: ${now.join(', ')}`);
    };
    await withMirror(dir, () => Promise.resolve(), { onSwept });
    return swept;
  };

  test('a file without a record', async () => {
    const dir = await newDirectory();
    await killedAfter(dir, ({ store }) => store.writeText('page:1', 'a.md', 'one'));
    expect(await sweptOnOpening(dir)).toEqual(['a.md of page:1: ']);
    expect(await sweptOnOpening(dir)).toEqual([]);
  });

  test('the new files of an item whose record still tells of the old one', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await killedAfter(dir, async ({ store }) => {
      await store.writeText('page:1', 'a.xhtml', 'two');
      await store.writeText('page:1', 'a.meta.json', '{}');
    });
    expect(await sweptOnOpening(dir)).toEqual(['a.meta.json of page:1: a.md 3', 'a.xhtml of page:1: a.md 3']);
  });

  test('the old file of an item whose record tells of the new one', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await killedAfter(dir, ({ store }) => writePage(store, '1', { 'b.md': 'other' }, 2), ['unlink', 2]);
    expect(await filesOf(dir)).toEqual({ 'a.md': 'one', 'b.md': 'other' });
    expect(await sweptOnOpening(dir)).toEqual(['a.md of page:1: b.md 5']);
  });

  test('nothing is told to be where another item has come to', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      await writePage(store, '1', { 'b.md': 'one' });
      await writePage(store, '2', { 'c.md': 'two' });
    });
    await killedAfter(dir, async ({ store }) => {
      await store.writeText('page:1', 'a.md', 'one');
      await store.writeText('page:2', 'b.md', 'two');
    });
    expect(await sweptOnOpening(dir)).toEqual(['a.md of page:1: ', 'b.md of page:2: c.md 3']);
  });

  test('nothing of what is not there any more; what is kept aside has left its path', async () => {
    const dir = await newDirectory();
    await killedAfter(dir, async ({ store }) => {
      await store.writeText('page:1', 'a.md', 'one');
      await store.writeText('page:2', 'b.md', 'two');
    });
    await rm(path.join(dir, 'a.md'));
    await put(dir, 'b.md', 'mine');
    expect(await sweptOnOpening(dir)).toEqual(['b.md of page:2: ']);
  });

  test('the directory of a folder', async () => {
    const dir = await newDirectory();
    await killedAfter(dir, ({ store }) => store.makeDirectory('folder:9', 'guides'));
    expect(await sweptOnOpening(dir)).toEqual(['guides of folder:9: ']);
  });
});

describe('what is left and does not let itself be removed', () => {
  test('belongs to its item again, and goes as soon as it may', async () => {
    const dir = await newDirectory();
    await killedAfter(dir, ({ store }) => store.writeText('page:1', 'docs/a.md', 'one'));
    await withMirror(
      dir,
      ({ store }) => {
        expect(store.records.get('page:1')).toMatchObject({
          version: 0,
          fingerprint: '',
          files: [{ path: 'docs/a.md', bytes: 3 }],
        });
        return Promise.resolve();
      },
      { files: refusingFiles(new Set(['a.md']), 'EPERM') },
    );
    expect(await filesOf(dir)).toEqual({ 'docs/a.md': 'one' });
    await withMirror(dir, async ({ store }) => {
      const record = store.records.get('page:1');
      if (record) await store.remove(record);
    });
    expect(await treeOf(dir)).toEqual({});
  });

  test('for the sake of the whole disk ends the run', async () => {
    const dir = await newDirectory();
    await killedAfter(dir, ({ store }) => store.writeText('page:1', 'a.md', 'one'));
    const opened = openMirror(dir, { files: refusingFiles(new Set(['a.md']), 'EIO') });
    await expect(opened).rejects.toThrow(StoreError);
    await expect(opened).rejects.toThrow(`The mirror in "${dir}" cannot be opened: EIO.`);
    await withMirror(dir, () => Promise.resolve());
    expect(await treeOf(dir)).toEqual({});
  });
});

describe('a file that a power cut has spoilt', () => {
  const spoilt = async (dir: string) => {
    await killedAfter(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await put(dir, 'a.md', '\0\0\0');
  };

  test('is found by its hash, as long as the end was not clean', async () => {
    const dir = await newDirectory();
    await spoilt(dir);
    expect(await soundIn(dir)).toEqual([]);
  });

  test('is not trusted because the next run ended cleanly without fetching it', async () => {
    const dir = await newDirectory();
    await spoilt(dir);
    await withMirror(dir, () => Promise.resolve());
    const { records } = await readRecords(dir);
    expect(records.get('page:1')).toMatchObject({ version: 0, fingerprint: '' });
  });

  test('of which the name alone is left goes when it has no record', async () => {
    const dir = await newDirectory();
    await killedAfter(dir, ({ store }) => store.writeText('page:1', 'a.md', 'one'));
    await truncate(path.join(dir, 'a.md'));
    await withMirror(dir, () => Promise.resolve());
    expect(await treeOf(dir)).toEqual({});
  });
});

test('what was whole at the kill stays trusted and untouched', async () => {
  const dir = await newDirectory();
  await killedAfter(dir, async ({ store }) => {
    await writePage(store, '1', { 'a.md': 'one' });
    await writePage(store, '2', { 'b.md': 'two' });
  });
  const { store, unsound, close } = await openMirror(dir);
  expect(unsound).toEqual(new Set());
  expect(store.records.get('page:1')).toMatchObject({ version: 1, fingerprint: 'f1' });
  await close();
  await rm(path.join(dir, 'a.md'));
  expect(await soundIn(dir)).toEqual(['page:2']);
});

test('an end with files that have no record yet is not clean', async () => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    await writePage(store, '1', { 'a.md': 'one' });
    await store.writeText('page:2', 'b.md', 'two');
  });
  await put(dir, 'a.md', 'eno');
  expect((await readRecords(dir)).sound).toEqual([]);
  await put(dir, 'a.md', 'one');
  await withMirror(dir, () => Promise.resolve());
  expect(await filesOf(dir)).toEqual({ 'a.md': 'one' });
});
