import { readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { MirrorLockedError } from '../../lib/errors/mirror-locked-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { openMirror, readMirrorState } from '../../lib/store/open-mirror.js';
import { statePaths } from './support/state-paths.js';
import { readMirror } from '../../lib/store/read-mirror.js';
import { STATE, put, readRecords, withMirror, writePage } from './support/mirror.js';
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
  const { state, unsound, damage } = await withMirror(dir, (mirror) => Promise.resolve(mirror));
  expect([state, unsound.size, damage]).toEqual([{ kind: 'none' }, 0, undefined]);
  expect(await readFile(statePaths(dir).gitignore, 'utf8')).toBe('*\n');
});

test('the next run finds what this one recorded', async () => {
  const dir = await newDirectory();
  const record = await withMirror(dir, async ({ store }) => {
    await store.checkpoint(STATE);
    return writePage(store, '1', { 'a.md': 'one' });
  });
  await withMirror(dir, ({ store, state, unsound }) => {
    expect(state).toMatchObject({ kind: 'read', state: STATE });
    expect(store.records.get('page:1')).toEqual(record);
    expect([...unsound]).toEqual([]);
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
  await withMirror(dir, () => Promise.resolve());
  const { directory, lock } = statePaths(dir);
  await symlink('/etc/hostname', path.join(directory, 'store-1/records/000099.ldb'));
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
        await store.makeDirectory(`folder:${directory}`, directory);
        await store.put({ kind: 'folder', id: directory, version: 0, fingerprint: '', files: [], directory });
      }
    });
    for (const name of ['missing.md', 'x.meta.json', 'gone'])
      await rm(path.join(dir, name), { recursive: true });
    await put(dir, 'longer.md', 'changed');
    await put(dir, 'same-size.md', 'two');
    await put(dir, 'touched.md', 'one');
    expect((await readRecords(dir)).sound).toEqual(['folder:there', 'page:touched', 'page:whole']);
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
      await (await readMirror(dir))?.close();
      await readMirrorState(dir);
      expect(await snapshot(dir)).toEqual(before);
    });
    expect(await filesOf(dir)).toEqual({ 'a/b.md': 'one', 'c.md': 'two' });
  });

  test('a folder that is no mirror, or is not there, holds none and stays as it is', async () => {
    const dir = await newDirectory();
    for (const each of [dir, path.join(dir, 'nowhere')]) expect(await readMirror(each)).toBeUndefined();
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

test('a new mirror within another one is told once, by the one around it', async () => {
  const dir = await newDirectory();
  await withMirror(dir, ({ store }) => store.checkpoint(STATE));
  const told: string[] = [];
  const onWithin = (outer: string): void => void told.push(outer);
  const inner = path.join(dir, 'a', 'b');
  for (let turn = 0; turn < 2; turn += 1)
    await withMirror(inner, ({ store }) => store.checkpoint(STATE), { onWithin });
  await withMirror(dir, ({ store }) => store.checkpoint(STATE), { onWithin });
  expect(told).toEqual([dir]);
});
