import { existsSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { RefusedFileError } from '../../lib/errors/refused-file-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import type { Store } from '../../lib/store/store.js';
import { openMirror } from '../../lib/store/open-mirror.js';
import { verifyMirror } from '../../lib/store/verify-mirror.js';
import { numberFromEnv } from '../support/counts.js';
import { failingFiles } from './support/failing-files.js';
import { put, withMirror, writePage } from './support/mirror.js';
import { refusingFiles } from './support/refusing-files.js';
import { statePaths } from './support/state-paths.js';
import { filesOf, treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

jest.setTimeout(120_000);

const newDirectory = useTemporaryDirectories();

/** Paths of the files of each page. */
type Wanted = Readonly<Record<string, readonly string[]>>;

const contentOf = (id: string, turn: number, file: string): string => `page ${id} of turn ${turn} in ${file}`;

const sync = async (store: Store, wanted: Wanted, turn: number, isConcurrent: boolean): Promise<string[]> => {
  const failed: string[] = [];
  const attempt = async (id: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RefusedFileError)) throw error;
      failed.push(id);
    }
  };
  const writes = Object.entries(wanted).map(
    ([id, files]) =>
      () =>
        attempt(id, () =>
          writePage(
            store,
            id,
            Object.fromEntries(files.map((file) => [file, contentOf(id, turn, file)])),
            turn,
          ),
        ),
  );
  if (isConcurrent) await Promise.all(writes.map((write) => write()));
  else for (const write of writes) await write();
  for await (const record of store.records.all('page'))
    if (!(record.id in wanted)) await attempt(record.id, () => store.remove(record));
  return failed;
};

interface Turn {
  readonly wanted: Wanted;
  readonly refused: readonly string[];
  readonly isConcurrent: boolean;
}

/** One run as a pull does it: items that are refused fail, all others are written, what is not wanted any more goes. */
const run = async (dir: string, { wanted, refused, isConcurrent }: Turn, turn: number) => {
  const kept: string[] = [];
  const mirror = await openMirror(dir, {
    files: refusingFiles(new Set(refused), 'EPERM'),
    onKept: (_path, keptAs) => void kept.push(keptAs),
  });
  const failed = await sync(mirror.store, wanted, turn, isConcurrent);
  await mirror.close();
  return { kept, failed };
};

const treeFor = (wanted: Wanted, turn: number): Record<string, string> =>
  Object.fromEntries(
    Object.entries(wanted).flatMap(([id, files]) => files.map((file) => [file, contentOf(id, turn, file)])),
  );

const expectExact = async (dir: string, wanted: Wanted, turn: number): Promise<void> => {
  const tree = await treeOf(dir);
  const directories = Object.keys(tree).filter((name) => name.endsWith('/'));
  expect(await filesOf(dir)).toEqual(treeFor(wanted, turn));
  for (const directory of directories)
    expect(Object.keys(tree).some((name) => name !== directory && name.startsWith(directory))).toBe(true);
};

const PATHS = ['a.md', 'b.md', 'd/a.md', 'd/c.md', 'd/e/f.md', 'd/e/b.md', 'g/h/f.md'];
const NAMES = ['a.md', 'b.md', 'c.md', 'f.md', 'd', 'e', 'g', 'h'];

const wanted = fc.shuffledSubarray(PATHS).chain((paths) =>
  fc
    .array(fc.constantFrom('1', '2', '3', '4'), { minLength: paths.length, maxLength: paths.length })
    .map((owners): Wanted => {
      const pages: Record<string, string[]> = {};
      for (const [i, file] of paths.entries()) (pages[owners[i] ?? ''] ??= []).push(file);
      return pages;
    }),
);

const turn: fc.Arbitrary<Turn> = fc.record({
  wanted,
  refused: fc.subarray(NAMES, { maxLength: 3 }),
  isConcurrent: fc.boolean(),
});

/** One item lets a file go at the moment at which another one is refused it: by chance, so some times. */
const LET_GO: readonly Turn[] = [
  { wanted: { 1: ['d/c.md', 'd/a.md'], 3: ['d/e/f.md'] }, refused: ['c.md'], isConcurrent: false },
  { wanted: { 3: ['b.md'], 4: ['d/e/f.md'] }, refused: ['f.md'], isConcurrent: true },
];
const TIMES = 20;

test('whatever is refused fails with its page, run by run; the others are there, and all is exact once nothing is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 4 }), async (turns) => {
      const dir = await newDirectory();
      for (const [i, each] of turns.entries()) {
        const { kept, failed } = await run(dir, each, i + 1);
        expect(kept).toEqual([]);
        const files = await filesOf(dir);
        const whole = Object.fromEntries(Object.entries(each.wanted).filter(([id]) => !failed.includes(id)));
        expect(files).toMatchObject(treeFor(whole, i + 1));
        if (failed.length === 0) await expectExact(dir, each.wanted, i + 1);
        expect(await readdir(statePaths(dir).temporary)).toEqual([]);
        // The next run need not look into everything.
        expect(existsSync(path.join(statePaths(dir).directory, 'store-1/seal.json'))).toBe(true);
      }
      const last = turns.at(-1)?.wanted ?? {};
      const end = turns.length + 1;
      const { kept, failed } = await run(dir, { wanted: last, refused: [], isConcurrent: false }, end);
      expect({ kept, failed }).toEqual({ kept: [], failed: [] });
      await expectExact(dir, last, end);
      expect(await verifyMirror(dir, Date.now)).toMatchObject({ missing: [], changed: [], unrecorded: [] });
    }),
    {
      numRuns: TIMES + numberFromEnv('RXSYNC_REFUSED_RUNS', 30),
      examples: Array.from({ length: TIMES }, (): [Turn[]] => [[...LET_GO]]),
    },
  );
});

describe('what is told of a refusal', () => {
  test.each([
    ['EPERM', 'docs', '"docs" cannot be made: EPERM.', 'no other program has it open'],
    ['EACCES', 'a.md', '"docs/a.md" cannot be written: EACCES.', 'Check that you may change it'],
    ['EBUSY', 'a.md', '"docs/a.md" cannot be written: EBUSY.', 'Another program has it open'],
    ['ETXTBSY', 'a.md', '"docs/a.md" cannot be written: ETXTBSY.', 'Another program has it open'],
    ['EROFS', 'a.md', '"docs/a.md" cannot be written: EROFS.', 'mounted there is read-only'],
    ['EXDEV', 'a.md', '"docs/a.md" cannot be written: EXDEV.', 'Another file system is mounted there'],
    ['ENAMETOOLONG', 'a.md', '"docs/a.md" cannot be written: ENAMETOOLONG.', 'no name that long'],
    ['EISDIR', 'a.md', '"docs/a.md" cannot be written: EISDIR.', 'Look at what stands there'],
  ])('%s of %s: path, reason and what to do; nothing is left', async (code, name, message, hint) => {
    const dir = await newDirectory();
    await withMirror(
      dir,
      async ({ store }) => {
        await expect(writePage(store, '1', { 'docs/a.md': 'one' })).rejects.toMatchObject({
          code: 'refused-file',
          path: name === 'docs' ? 'docs' : 'docs/a.md',
          message,
          hint: expect.stringContaining(hint),
        });
        expect(store.records.has('page:1')).toBe(false);
      },
      { files: refusingFiles(new Set([name]), code) },
    );
    expect(await treeOf(dir)).toEqual({});
  });

  test('a file that is larger than the file system takes is refused by itself', async () => {
    const dir = await newDirectory();
    const files = failingFiles({ operation: 'createWriteStream', at: 1, code: 'EFBIG' });
    const write = (store: Store, target: string) =>
      store.writeStream('attachment:att1', target, Readable.from([Buffer.from('bytes')]), 5);
    await withMirror(
      dir,
      async ({ store }) => {
        await expect(write(store, 'a.attachments/x.bin')).rejects.toMatchObject({
          code: 'refused-file',
          path: 'a.attachments/x.bin',
          hint: expect.stringContaining('no file that large'),
        });
        await write(store, 'a.attachments/y.bin');
      },
      { files },
    );
  });

  test.each(['ENOSPC', 'EDQUOT', 'EIO', 'ENOMEM', 'EMFILE'])(
    '%s is no matter of one file, wherever it is met',
    async (code) => {
      const dir = await newDirectory();
      const files = refusingFiles(new Set(['a.md']), code);
      await withMirror(
        dir,
        ({ store }) => expect(writePage(store, '1', { 'a.md': 'one' })).rejects.toThrow(StoreError),
        { files },
      );
    },
  );

  test('a file of the user where a folder must be is left alone, and named', async () => {
    const dir = await newDirectory();
    await put(dir, 'docs', 'mine');
    await withMirror(dir, ({ store }) =>
      expect(writePage(store, '1', { 'docs/a.md': 'one' })).rejects.toMatchObject({
        code: 'refused-file',
        path: 'docs',
        message: '"docs" is a file where the mirror needs a folder.',
      }),
    );
    expect(await treeOf(dir)).toEqual({ docs: 'mine' });
  });
});

describe('files that were taken out of the way', () => {
  const stamps = async (dir: string) => {
    const { files } = await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    return files[0] ?? { path: '', bytes: 0, hash: '' };
  };

  test('come back when they may not go where they belong', async () => {
    const dir = await newDirectory();
    const stamp = await stamps(dir);
    await withMirror(
      dir,
      async ({ store }) => {
        await store.stage(stamp);
        expect(await treeOf(dir)).toEqual({});
        await expect(store.moveFile('page:1', stamp, 'b.md')).rejects.toThrow(RefusedFileError);
        await store.unstage(stamp);
      },
      { files: refusingFiles(new Set(['b.md']), 'EPERM') },
    );
    expect(await treeOf(dir)).toEqual({ 'a.md': 'one' });
  });

  test('do not come back when they have come elsewhere, or something else has come to their place', async () => {
    const dir = await newDirectory();
    const stamp = await stamps(dir);
    await withMirror(dir, async ({ store }) => {
      await store.stage(stamp);
      await writePage(store, '2', { 'a.md': 'two' });
      await store.unstage(stamp);
      expect(await treeOf(dir)).toEqual({ 'a.md': 'two' });
      await writePage(store, '1', { 'b.md': 'one' });
    });
    expect(await treeOf(dir)).toEqual({ 'a.md': 'two', 'b.md': 'one' });
  });

  test('are none that the user has changed, which are found where they are', async () => {
    const dir = await newDirectory();
    const stamp = await stamps(dir);
    await put(dir, 'a.md', 'two');
    await withMirror(dir, async ({ store }) => {
      await store.stage(stamp);
      expect(await store.readText(stamp)).toBeUndefined();
      await writePage(store, '2', { 'a.md': 'new' });
    });
    expect(await treeOf(dir)).toEqual({ 'a.md': 'new', 'a.md.local-1': 'two' });
  });

  test('overwrite nothing that comes to their place at the last moment, whenever that is', async () => {
    for (let turns = 0; turns < 12; turns += 1) {
      const dir = await newDirectory();
      const stamp = await stamps(dir);
      await withMirror(dir, async ({ store }) => {
        await store.stage(stamp);
        const unstaged = store.unstage(stamp);
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        writeFileSync(path.join(dir, 'a.md'), 'mine');
        await unstaged;
        expect(await treeOf(dir)).toEqual({ 'a.md': 'mine' });
      });
    }
  });
});

test.each(['EIO', 'ENOSPC'])(
  'what refuses everything by %s while files are removed is told of the first',
  async (code) => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'docs/a.md': 'one', 'docs/b.md': 'two' }));
    await withMirror(
      dir,
      async ({ store }) => {
        const record = store.records.get('page:1');
        const removed = record && store.remove(record);
        await expect(removed).rejects.toThrow(StoreError);
        await expect(removed).rejects.toThrow(`"docs/a.md" cannot be written: ${code}.`);
      },
      { files: refusingFiles(new Set(['a.md']), code) },
    );
  },
);
