import { mkdir, symlink, truncate } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { FileStamp } from '../../lib/core/records.js';
import { hashText } from '../../lib/store/hash-text.js';
import { makeWay, takeAway } from '../../lib/store/make-way.js';
import { MirrorDirectory } from '../../lib/store/mirror-directory.js';
import { put } from './support/mirror.js';
import { storeFolder } from './support/store-folder.js';
import { treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

const TERABYTE = 2 ** 40;

const stampOf = (text: string): FileStamp => ({
  path: 'a.md',
  bytes: Buffer.byteLength(text),
  hash: hashText(text),
});

/** A place in which `known` may stand as rxsync's own. */
const clearing = async (known: readonly string[] = [], force = false) => {
  const dir = await newDirectory();
  const kept: (readonly string[])[] = [];
  const directory = new MirrorDirectory(await storeFolder(dir));
  const files = { stampsAt: () => known.map(stampOf) };
  const onKept = (...names: readonly string[]): void => void kept.push(names);
  return { dir, kept, directory, at: { directory, files, force, onKept } };
};

describe('the place of a file that is about to be written', () => {
  test('is free where nothing stands', async () => {
    const { at } = await clearing();
    expect(await makeWay(at, stampOf('new'))).toEqual({});
  });

  test.each(['', 'new'])(
    'holds it already where the content is the same, whoever wrote it: "%s"',
    async (text) => {
      const { dir, kept, at } = await clearing();
      await put(dir, 'a.md', text);
      expect(await makeWay(at, stampOf(text))).toEqual({ isSame: true, seen: expect.any(String) });
      expect([await treeOf(dir), kept]).toEqual([{ 'a.md': text }, []]);
    },
  );

  test.each<[string, string, readonly string[], boolean]>([
    ['what rxsync wrote', 'old', ['older', 'old'], false],
    ['a file without content', '', [], false],
    ['anything, with force', 'mine', ['old'], true],
  ])('may be written over: %s, as it was seen', async (_, text, known, force) => {
    const { dir, kept, directory, at } = await clearing(known, force);
    await put(dir, 'a.md', text);
    expect(await makeWay(at, stampOf('new'))).toEqual({ seen: directory.trace('a.md') });
    expect([await treeOf(dir), kept]).toEqual([{ 'a.md': text }, []]);
  });

  test('is cleared of a file too long to be read, as no content of ours is as long', async () => {
    const { dir, kept, at } = await clearing(['old']);
    await put(dir, 'a.md', 'mine');
    await truncate(path.join(dir, 'a.md'), TERABYTE);
    expect(await makeWay(at, stampOf('new'))).toEqual({});
    expect(kept).toEqual([['a.md', 'a.md.local-1']]);
  });

  test.each([['new'], ['']])(
    'is cleared of what the user has written, which is told, for "%s"',
    async (text) => {
      const { dir, kept, at } = await clearing(['old']);
      await put(dir, 'a.md', 'mine');
      expect(await makeWay(at, stampOf(text))).toEqual({});
      expect([await treeOf(dir), kept]).toEqual([{ 'a.md.local-1': 'mine' }, [['a.md', 'a.md.local-1']]]);
    },
  );

  test.each([true, false])('is cleared of what is no file, be it by force (%s)', async (force) => {
    const { dir, kept, at } = await clearing([], force);
    await mkdir(path.join(dir, 'a.md'));
    expect(await makeWay(at, stampOf('new'))).toEqual({});
    await symlink('nowhere', path.join(dir, 'a.md'));
    expect(await makeWay(at, stampOf('new'))).toEqual({});
    expect([await treeOf(dir), kept]).toEqual([
      { 'a.md.local-1/': '', 'a.md.local-2@': '' },
      [
        ['a.md', 'a.md.local-1'],
        ['a.md', 'a.md.local-2'],
      ],
    ]);
  });
});

describe('a file that is to go', () => {
  test('goes as it was written; one that has gone already is no error', async () => {
    const { dir, kept, at } = await clearing();
    await takeAway(at, stampOf('old'));
    await put(dir, 'a.md', 'old');
    await takeAway(at, stampOf('old'));
    expect([await treeOf(dir), kept]).toEqual([{}, []]);
  });

  test.each([['longer'], ['OLD'], ['']])(
    'is kept aside where the user has changed it, and told: "%s"',
    async (text) => {
      const { dir, kept, at } = await clearing();
      await put(dir, 'a.md', text);
      await takeAway(at, stampOf('old'));
      expect([await treeOf(dir), kept]).toEqual([{ 'a.md.local-1': text }, [['a.md', 'a.md.local-1']]]);
    },
  );

  test('goes by force whatever it holds; what is no file is kept aside all the same', async () => {
    const { dir, kept, at } = await clearing([], true);
    await put(dir, 'a.md', 'mine');
    await takeAway(at, stampOf('old'));
    await mkdir(path.join(dir, 'a.md'));
    await takeAway(at, stampOf('old'));
    expect([await treeOf(dir), kept]).toEqual([{ 'a.md.local-1/': '' }, [['a.md', 'a.md.local-1']]]);
  });
});
