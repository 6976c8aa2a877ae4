import { mkdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { NoMirrorError } from '../../lib/errors/no-mirror-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import type { MirrorState } from '../../lib/store/state-file.js';
import { verifyMirror } from '../../lib/store/verify-mirror.js';
import { mirrorStateWith } from '../support/mirror-state.js';
import { FAILED_ITEM, INCOMPLETE, put, STATE, withMirror, writePage } from './support/mirror.js';
import { knowUntil } from './support/know-until.js';
import { statePaths } from './support/state-paths.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const verify = (dir: string) => verifyMirror(dir, Date.now);

const page = (id: string, file: string) => ({ kind: 'page', id, path: file });

/** How a mirror looks in which nothing is wrong. */
const WHOLE = {
  missing: [],
  changed: [],
  rotten: [],
  linked: [],
  unreadable: [],
  unrecorded: [],
  unfinished: [],
  failedItems: [],
  failedCount: 0,
  incomplete: [],
};

/** A mirror of three pages, one of which has two files, and a folder. */
const mirror = async (state: MirrorState = STATE): Promise<string> => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    await writePage(store, '1', { 'a.md': 'one' });
    await writePage(store, '2', { 'docs/b.xhtml': 'two', 'docs/b.meta.json': '{}' });
    await writePage(store, '3', { 'docs/c.md': 'three' });
    await store.makeDirectory('folder:4', 'folder');
    await store.put({
      kind: 'folder',
      id: '4',
      version: 1,
      fingerprint: 'f',
      files: [],
      directory: 'folder',
    });
    await store.checkpoint(state);
  });
  return dir;
};

const matter = (space: string): string =>
  `---\nid: "9"\ntitle: T\nspace: ${space}\ntype: page\nstatus: current\nversion: 1\n---\n\ntext\n`;

test('a mirror that is as it was written is told by its files and bytes alone', async () => {
  expect(await verify(await mirror())).toEqual({ ...WHOLE, files: 4, bytes: 13 });
});

/** Resolves when the clock of the file system, perhaps a coarse one, has gone on since the file was changed. */
const passed = async (file: string): Promise<void> => {
  const { ctimeMs } = await stat(file);
  const probe = path.join(path.dirname(file), 'probe');
  do await writeFile(probe, '');
  while ((await stat(probe)).ctimeMs <= ctimeMs);
  await rm(probe);
};

test('what the user has saved before a pull that changed nothing is to be put right by the next one', async () => {
  const dir = await mirror();
  const file = path.join(dir, 'a.md');
  await passed(file);
  await writeFile(file, 'ONE');
  await passed(file);
  await withMirror(dir, () => Promise.resolve());
  expect(await verify(dir)).toMatchObject({ changed: [page('1', 'a.md')], rotten: [] });
});

describe('what is wrong is told by item and path:', () => {
  test('files and folders that are missing', async () => {
    const dir = await mirror();
    for (const gone of ['a.md', 'docs/b.meta.json', 'folder'])
      await rm(path.join(dir, gone), { recursive: true });
    expect(await verify(dir)).toEqual({
      ...WHOLE,
      files: 4,
      bytes: 13,
      missing: [
        page('1', 'a.md'),
        page('2', 'docs/b.meta.json'),
        { kind: 'folder', id: '4', path: 'folder' },
      ],
    });
  });

  test.each<[string, (file: string) => Promise<unknown>]>([
    ['longer', (file) => writeFile(file, 'one and more')],
    ['of the same length', (file) => writeFile(file, 'ONE')],
    [
      'another one that has its times',
      async (file) => {
        const { atime, mtime } = await stat(file);
        await writeFile(`${file}.new`, 'ONE');
        await utimes(`${file}.new`, atime, mtime);
        await rename(`${file}.new`, file);
      },
    ],
    [
      'a folder',
      async (file) => {
        await rm(file);
        await mkdir(file);
      },
    ],
    [
      'a link',
      async (file) => {
        await rm(file);
        await symlink('docs/c.md', file);
      },
    ],
  ])('a file that was changed: %s', async (_, change) => {
    const dir = await mirror();
    await change(path.join(dir, 'a.md'));
    expect(await verify(dir)).toMatchObject({ ...WHOLE, changed: [page('1', 'a.md')] });
  });

  test('a file that has rotted, which no time tells, is one of the changed and told apart', async () => {
    const dir = await mirror();
    await put(dir, 'docs/c.md', 'THREE');
    await passed(path.join(dir, 'docs/c.md'));
    await withMirror(dir, () => Promise.resolve());
    await knowUntil(dir, Date.now() * 2);
    await put(dir, 'docs/b.xhtml', 'longer');
    await put(dir, 'a.md', 'ONE');
    expect(await verify(dir)).toMatchObject({
      ...WHOLE,
      // What has another size a pull sees, and what is to be fetched again it looks into.
      changed: [page('2', 'docs/b.xhtml'), page('3', 'docs/c.md'), page('1', 'a.md')],
      rotten: [page('1', 'a.md')],
    });
  });

  test('files behind a link, whatever they hold', async () => {
    const dir = await mirror();
    await rename(path.join(dir, 'docs'), path.join(dir, 'elsewhere'));
    await symlink('elsewhere', path.join(dir, 'docs'));
    expect(await verify(dir)).toMatchObject({
      ...WHOLE,
      linked: [page('2', 'docs/b.xhtml'), page('2', 'docs/b.meta.json'), page('3', 'docs/c.md')],
    });
  });

  test('a folder that is a link', async () => {
    const dir = await mirror();
    await rm(path.join(dir, 'folder'), { recursive: true });
    await symlink('docs', path.join(dir, 'folder'));
    expect(await verify(dir)).toMatchObject({
      ...WHOLE,
      linked: [{ kind: 'folder', id: '4', path: 'folder' }],
    });
  });

  test('files that the system does not let us look at', async () => {
    const dir = await mirror();
    const long = `${'n'.repeat(300)}.md`;
    await withMirror(dir, ({ store }) =>
      store.put({
        kind: 'page',
        id: '5',
        version: 1,
        fingerprint: 'f',
        files: [{ path: long, bytes: 7, hash: '' }],
      }),
    );
    expect(await verify(dir)).toMatchObject({ ...WHOLE, files: 5, bytes: 20, unreadable: [page('5', long)] });
  });

  test('files that look like rxsync’s own, but for those in its own folder', async () => {
    const dir = await mirror();
    await put(dir, 'copy.md', matter('DOCS'));
    await put(dir, 'other-space.md', matter('OTHER'));
    await put(dir, 'notes.md', 'mine');
    await writeFile(path.join(statePaths(dir).temporary, 'left'), '');
    await put(dir, 'old.comments.md', '---\npage: "1"\ntitle: T\nurl: x\ncomments: 1\n---\n\nA\n');
    expect(await verify(dir)).toMatchObject({
      ...WHOLE,
      unrecorded: ['copy.md', 'old.comments.md'],
      unfinished: [],
    });
  });

  test('files that a run has written which was cut off before it could record them', async () => {
    const dir = await mirror();
    await withMirror(dir, ({ store }) => store.writeText('page:9', 'new.md', matter('DOCS')));
    expect(await verify(dir)).toMatchObject({ ...WHOLE, unrecorded: ['new.md'], unfinished: ['new.md'] });
  });
});

test('what the last pull has left behind is told as it stands in the state', async () => {
  const left: Partial<MirrorState> = {
    failedItems: [FAILED_ITEM],
    failedCount: 3,
    incomplete: [INCOMPLETE],
  };
  expect(await verify(await mirror(mirrorStateWith(left)))).toMatchObject({ ...WHOLE, ...left });
});

test('a lost state is told, and that nothing of the last pull is known any more; all spaces are ours then', async () => {
  const dir = await mirror(mirrorStateWith({ failedCount: 3 }));
  await put(dir, 'other-space.md', matter('OTHER'));
  await writeFile(statePaths(dir).state, '{');
  expect(await verify(dir)).toMatchObject({
    ...WHOLE,
    unrecorded: ['other-space.md'],
    lostState: { message: expect.stringContaining('cannot be read (no JSON)') },
  });
});

test('damage to the records is told in words', async () => {
  const dir = await mirror();
  await rm(path.join(statePaths(dir).directory, 'store-1/records'), { recursive: true });
  const { damage, lostState, running } = await verify(dir);
  expect(damage).toMatch(/^records\/.* changed$/);
  expect([lostState, running]).toEqual([undefined, undefined]);
});

test('the pull that is at work is named, and not disturbed', async () => {
  const dir = await mirror();
  await withMirror(dir, async ({ store }) => {
    expect(await verify(dir)).toMatchObject({
      ...WHOLE,
      running: { pid: process.pid, host: os.hostname(), startedAt: expect.any(String) },
    });
    // What it is about to record is nobody's business yet.
    await store.writeText('page:9', 'new.md', matter('DOCS'));
    expect(await verify(dir)).toMatchObject({ ...WHOLE, unrecorded: [], unfinished: [] });
    await writePage(store, '1', { 'a.md': 'ONE' }, 2);
  });
  expect(await readFile(path.join(dir, 'a.md'), 'utf8')).toBe('ONE');
});

test('whoever has been silent for long is not at work', async () => {
  const dir = await mirror();
  const startedAt = '2026-02-03T09:00:00.000Z';
  const owner = { pid: 1, host: 'elsewhere', startedAt, token: 'other' };
  await writeFile(statePaths(dir).lock, JSON.stringify(owner));
  expect((await verify(dir)).running).toEqual({ pid: 1, host: 'elsewhere', startedAt });
  expect((await verifyMirror(dir, () => Date.now() + 100_000)).running).toBeUndefined();
});

test('a folder without a mirror is an error that names it', async () => {
  const dir = await newDirectory();
  await expect(verify(dir)).rejects.toThrow(NoMirrorError);
  await expect(verify(dir)).rejects.toThrow(`There is no mirror in "${dir}".`);
});

test('what cannot be read ends it as a StoreError that names the mirror', async () => {
  const file = path.join(await newDirectory(), 'file');
  await writeFile(file, '');
  const verified = verify(path.join(file, 'below'));
  await expect(verified).rejects.toThrow(StoreError);
  await expect(verified).rejects.toThrow(`The mirror in "${file}/below" cannot be read: ENOTDIR.`);
});

test('it ends when it is told to', async () => {
  const dir = await mirror();
  const reason = new Error('stopped');
  await expect(verifyMirror(dir, Date.now, AbortSignal.abort(reason))).rejects.toBe(reason);
});
