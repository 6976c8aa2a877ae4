import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Outline } from '../../lib/core/outline.js';
import { realFiles } from '../../lib/store/files.js';
import { killedAfter, put, readRecords, STATE, withMirror, writePage } from './support/mirror.js';
import { knowUntil } from './support/know-until.js';
import { statePaths } from './support/state-paths.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const TEXT = '---\nid: "1"\ntitle: T\nspace: DOCS\ntype: page\nstatus: current\nversion: 1\n---\n\ntext\n';

/** A mirror whose last run has ended cleanly, with a digest of its layout. */
const mirror = async (): Promise<string> => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    await writePage(store, '1', { 'a.md': TEXT });
    await writePage(store, '2', { 'b.md': 'two' });
    const { ctimeMs } = await stat(path.join(dir, 'a.md'));
    // The clock of the file system may be a coarse one.
    do await put(dir, 'probe', '');
    while ((await stat(path.join(dir, 'probe'))).ctimeMs <= ctimeMs);
    store.noteLayout('digest');
    await store.checkpoint(STATE);
  });
  return dir;
};
const storeOf = (dir: string): string => path.join(statePaths(dir).directory, 'store-1');
const digestOf = (dir: string) => withMirror(dir, ({ layoutDigest }) => Promise.resolve(layoutDigest));

describe('the digest of the layout', () => {
  test('is known after a clean end', async () => {
    const dir = await mirror();
    expect(await digestOf(dir)).toBe('digest');
  });

  test('is not known after a run that was killed', async () => {
    const dir = await mirror();
    await killedAfter(dir, () => Promise.resolve());
    expect(await digestOf(dir)).toBeUndefined();
  });

  test('is not known where one of the databases is damaged', async () => {
    const dir = await mirror();
    await rm(path.join(storeOf(dir), 'records'), { recursive: true });
    expect(await digestOf(dir)).toBeUndefined();
  });
});

describe('what the user saves while a run works, of the size that the file had', () => {
  /** Saves while a run works that does not write the file, and ends well after that; the time may be kept. */
  const savedMeanwhile = async (save: (file: string) => Promise<void>): Promise<string> => {
    const dir = await mirror();
    const file = path.join(dir, 'b.md');
    await withMirror(dir, async ({ store }) => {
      await save(file);
      const { ctimeMs } = await stat(file);
      do await put(dir, 'probe', '');
      while ((await stat(path.join(dir, 'probe'))).ctimeMs <= ctimeMs);
      await writePage(store, '3', { 'c.md': 'three' });
    });
    return dir;
  };

  test('is found by the next one', async () => {
    const dir = await savedMeanwhile((file) => writeFile(file, 'TWO'));
    expect((await readRecords(dir)).sound).toEqual(['page:1', 'page:3']);
  });

  test('is found when its time is kept', async () => {
    const dir = await savedMeanwhile(async (file) => {
      const { atime, mtime } = await stat(file);
      await writeFile(file, 'TWO');
      await utimes(file, atime, mtime);
    });
    expect((await readRecords(dir)).sound).toEqual(['page:1', 'page:3']);
  });
});

test('what the last run has written is not read again', async () => {
  const dir = await mirror();
  const { atimeMs } = await stat(path.join(dir, 'a.md'));
  expect((await readRecords(dir)).sound).toEqual(['page:1', 'page:2']);
  expect((await stat(path.join(dir, 'a.md'))).atimeMs).toBe(atimeMs);
});

test('the outline of each record is told once, before the mirror is open', async () => {
  const dir = await mirror();
  const told: string[] = [];
  const onOutline = ({ kind, id }: Outline): void => void told.push(`${kind}:${id}`);
  await withMirror(
    dir,
    ({ records }) => {
      expect([told, records.sizes.page.items]).toEqual([['page:1', 'page:2'], 2]);
      return Promise.resolve();
    },
    { onOutline },
  );
});

describe('where all records are gone', () => {
  test('a file is believed that nobody has touched since the state was written', async () => {
    const dir = await mirror();
    await rm(storeOf(dir), { recursive: true });
    const { records, damage } = await readRecords(dir);
    expect(damage).toBe('they are gone');
    expect([...records.values()]).toMatchObject([
      { id: '1', version: 0, fingerprint: '', files: [{ path: 'a.md' }] },
    ]);
  });

  test('one is not that was touched since', async () => {
    const dir = await mirror();
    await rm(storeOf(dir), { recursive: true });
    await put(dir, 'a.md', `${TEXT}mine`);
    expect((await readRecords(dir)).records.size).toBe(0);
  });

  test.each<[string, (state: string) => Promise<void>]>([
    ['gone', (state) => rm(state)],
    ['damaged', (state) => writeFile(state, '{')],
  ])('a mirror whose state is %s, too, is opened', async (_, lose) => {
    const dir = await mirror();
    await rm(path.join(storeOf(dir), 'files'), { recursive: true });
    await lose(statePaths(dir).state);
    await withMirror(dir, ({ damage, records }) => {
      expect([damage, records.sizes.page.items]).toEqual([expect.stringContaining('files/'), 2]);
      return Promise.resolve();
    });
  });
});

test('a state that was changed by hand does not say which databases are the mirror’s', async () => {
  const dir = await mirror();
  const { state } = statePaths(dir);
  const text = await readFile(state, 'utf8');
  await writeFile(state, text.replace(/"run": \d+/, '"run": 99'));
  expect((await readRecords(dir)).damage).toBeUndefined();
});

test('in damaged records every file is looked into; what rxsync wrote there before is known as that', async () => {
  const dir = await mirror();
  await rm(path.join(storeOf(dir), 'files'), { recursive: true });
  await put(dir, 'b.md', 'TWO');
  expect((await readRecords(dir)).sound).toEqual(['page:1']);
});

describe('after a run that was killed', () => {
  test('files are not read again that have been the same since the clean end before', async () => {
    const dir = await mirror();
    await knowUntil(dir, Date.now() * 2);
    // Nothing but its content would tell.
    await put(dir, 'b.md', 'TWO');
    await killedAfter(dir, ({ store }) => writePage(store, '3', { 'c.md': 'three' }));
    expect((await readRecords(dir)).sound).toEqual(['page:1', 'page:2', 'page:3']);
  });

  test('what it has written is read, also where the clock says that it is older than that end', async () => {
    const dir = await newDirectory();
    const inAnHour = Date.now() / 1000 + 3600;
    const files = {
      ...realFiles,
      writeFile: async (file: string, content: string | Uint8Array): Promise<void> => {
        await realFiles.writeFile(file, content);
        await utimes(file, inAnHour, inAnHour);
      },
    };
    await withMirror(
      dir,
      async ({ store }) => {
        await writePage(store, '1', { 'a.md': 'one' });
        await writePage(store, '2', { 'b.md': 'two' });
      },
      { files },
    );
    await killedAfter(dir, async ({ store }) => {
      await store.writeText('page:1', 'a.md', 'ONE');
      await writePage(store, '3', { 'c.md': 'three' });
    });
    await put(dir, 'c.md', 'THREE');
    await put(dir, 'b.md', 'TWO');
    expect((await readRecords(dir)).sound).toEqual(['page:2']);
  });
});
