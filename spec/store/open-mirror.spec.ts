import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { MirrorLockedError } from '../../lib/errors/mirror-locked-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { openMirror, readMirror, readMirrorState } from '../../lib/store/open-mirror.js';
import { statePaths } from '../../lib/store/state-paths.js';
import { STATE, killedAfter, put, withMirror, writePage } from './support/mirror.js';
import { filesOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** Every name below `dir` with the time and size of what stands there. */
const snapshot = async (dir: string) => {
  const names = (await readdir(dir, { recursive: true })).sort();
  return Promise.all(
    ['.', ...names].map(async (name) => {
      const { mtimeMs, size, ino } = await stat(path.join(dir, name));
      return { name, mtimeMs, size, ino };
    }),
  );
};

test('a mirror is made, with a state folder that git ignores', async () => {
  const dir = path.join(await newDirectory(), 'new', 'mirror');
  const { state, journal, sound } = await withMirror(dir, (mirror) => Promise.resolve(mirror));
  expect([state, journal.records.size, sound.size]).toEqual([{ kind: 'none' }, 0, 0]);
  expect(await readFile(statePaths(dir).gitignore, 'utf8')).toBe('*\n');
});

test('the next run finds what this one recorded', async () => {
  const dir = await newDirectory();
  const record = await withMirror(dir, async ({ store }) => {
    await store.checkpoint(STATE);
    return writePage(store, '1', { 'a.md': 'one' });
  });
  await withMirror(dir, ({ store, state, sound }) => {
    expect(state).toEqual({ kind: 'read', state: STATE });
    expect([...store.records]).toEqual([['page:1', record]]);
    expect([...sound]).toEqual(['page:1']);
    return Promise.resolve();
  });
});

test('one run at a time; the next may begin when this one has ended', async () => {
  const dir = await newDirectory();
  await withMirror(dir, () => expect(openMirror(dir)).rejects.toThrow(MirrorLockedError));
  await withMirror(dir, () => Promise.resolve());
});

test('a file in place of the folder is refused, and a mirror that cannot be opened is not left locked', async () => {
  const dir = await newDirectory();
  await put(dir, 'file', '');
  await expect(openMirror(path.join(dir, 'file'))).rejects.toThrow(StoreError);
  await put(dir, 'x', '');
  await withMirror(dir, () => Promise.resolve());
  const { journal, lock } = statePaths(dir);
  await writeFile(
    journal,
    '{"put":{"kind":"page","id":"1","version":1,"fingerprint":"","files":[{"path":"../x","bytes":0,"hash":""}]}}\n',
  );
  await expect(openMirror(dir)).rejects.toThrow(StoreError);
  await expect(stat(lock)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('what a killed run left in the temporary folder goes', async () => {
  const dir = await newDirectory();
  await withMirror(dir, () => Promise.resolve());
  await writeFile(path.join(statePaths(dir).temporary, '123-1'), 'half');
  await withMirror(dir, async () => {
    expect(await readdir(statePaths(dir).temporary)).toEqual([]);
  });
});

describe('records are sound', () => {
  test('when their files are there with their content, and folders are directories', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      for (const name of ['whole', 'missing', 'longer', 'same-size', 'touched'])
        await writePage(store, name, { [`${name}.md`]: 'one' });
      await writePage(store, 'second-missing', { 'x.xhtml': 'one', 'x.meta.json': '{}' });
      for (const directory of ['there', 'gone']) {
        await store.makeDirectory(directory);
        await store.put({ kind: 'folder', id: directory, version: 0, fingerprint: '', files: [], directory });
      }
    });
    for (const name of ['missing.md', 'x.meta.json', 'gone'])
      await rm(path.join(dir, name), { recursive: true });
    await put(dir, 'longer.md', 'changed');
    await put(dir, 'same-size.md', 'two');
    await put(dir, 'touched.md', 'one');
    expect([...(await readMirror(dir)).sound].sort()).toEqual(['folder:there', 'page:touched', 'page:whole']);
  });
});

describe('a journal that says much that is over', () => {
  const rewrite = async (dir: string, times: number) => {
    for (let version = 1; version <= times; version += 1) await withMirrorOnce(dir, version);
  };
  const withMirrorOnce = (dir: string, version: number) =>
    withMirror(dir, async ({ store }) => {
      const record = await writePage(store, '1', { 'a.md': 'one' }, version);
      for (let i = 0; i < 1000; i += 1) await store.put({ ...record, version: version * 1000 + i });
    });

  test('is compacted when it is opened, and still says the same', async () => {
    const dir = await newDirectory();
    await rewrite(dir, 2);
    await withMirror(dir, () => Promise.resolve());
    const { journal, sound } = await readMirror(dir);
    expect(journal.lines).toBeLessThan(10);
    expect(journal.records.get('page:1')).toMatchObject({ version: 2999 });
    expect([...sound]).toEqual(['page:1']);
  });

  test('keeps its doubts when it is compacted', async () => {
    const dir = await newDirectory();
    await rewrite(dir, 1);
    await killedAfter(dir, ({ store }) => writePage(store, '2', { 'b.md': 'two' }));
    await killedAfter(dir, () => Promise.resolve());
    const { journal } = await readMirror(dir);
    expect(journal.lines).toBeLessThan(10);
    expect([...journal.unsure]).toEqual(['page:2']);
    await put(dir, 'b.md', 'owt');
    expect([...(await readMirror(dir)).sound]).toEqual(['page:1']);
  });
});

describe('reading without opening', () => {
  test('changes nothing, neither in a mirror nor beside a run', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      await store.checkpoint(STATE);
      await writePage(store, '1', { 'a/b.md': 'one' });
      await store.writeText('page:2', 'c.md', 'two');
      const before = await snapshot(dir);
      await readMirror(dir);
      await readMirrorState(dir);
      expect(await snapshot(dir)).toEqual(before);
    });
    expect(await filesOf(dir)).toEqual({ 'a/b.md': 'one', 'c.md': 'two' });
  });

  test('a folder that is no mirror, or is not there, is an empty mirror and stays as it is', async () => {
    const dir = await newDirectory();
    for (const each of [dir, path.join(dir, 'nowhere')]) {
      const { state, journal, sound } = await readMirror(each);
      expect([state, journal.records.size, sound.size]).toEqual([{ kind: 'none' }, 0, 0]);
    }
    expect(await readdir(dir)).toEqual([]);
  });

  test('a damaged state is told', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => store.checkpoint(STATE));
    await writeFile(statePaths(dir).state, '{"schemaVersion":');
    expect(await readMirrorState(dir)).toEqual({ kind: 'damaged', reason: 'no JSON' });
    await withMirror(dir, ({ state }) => {
      expect(state.kind).toBe('damaged');
      return Promise.resolve();
    });
  });
});
