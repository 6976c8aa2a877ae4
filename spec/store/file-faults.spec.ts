import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import { recordKey } from '../../lib/core/records.js';
import { RefusedFileError } from '../../lib/errors/refused-file-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { type OpenFolderOptions, openMirror } from '../../lib/store/open-mirror.js';
import type { Store } from '../../lib/store/store.js';
import { numberFromEnv } from '../support/counts.js';
import { statePaths } from './support/state-paths.js';
import { verifyMirror } from '../../lib/store/verify-mirror.js';
import { failingFiles, failingRows, type Operation } from './support/failing-files.js';
import { STATE, withMirror, writePage } from './support/mirror.js';
import { treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

// Each case opens a mirror some dozens of times.
jest.setTimeout(120_000);

/** Of all operations that may fail, one in so many. */
const STEP = numberFromEnv('RXSYNC_TABLE_STEP', 6);

const newDirectory = useTemporaryDirectories();

const writeAttachment = async (store: Store, id: string, target: string, content: string) => {
  const stamp = await store.writeStream(
    recordKey('attachment', id),
    target,
    Readable.from([Buffer.from(content)]),
    content.length,
  );
  await store.put({ kind: 'attachment', id, version: 2, fingerprint: '', files: [stamp] });
};

const first = async (store: Store) => {
  await writePage(store, '1', { 'a.md': 'one' });
  await writePage(store, '3', { 'old/c.md': 'three' });
};

/** What a pull does: a page anew, a page that has moved, an attachment, a deletion, checkpoints between. */
const second = async (store: Store) => {
  await writePage(store, '1', { 'a.md': 'ONE' }, 2);
  await writePage(store, '2', { 'new/b.md': 'two' }, 2);
  await store.checkpoint(STATE);
  await writeAttachment(store, 'att1', 'a.attachments/x.bin', 'bytes');
  await writePage(store, '3', { 'new/c.md': 'three' }, 2);
  const gone = store.records.get('page:2');
  if (gone) await store.remove(gone);
  await store.checkpoint(STATE);
};

const EXPECTED = {
  'a.md': 'ONE',
  'a.attachments/': '',
  'a.attachments/x.bin': 'bytes',
  'new/': '',
  'new/c.md': 'three',
};

/** What a file may hold at any time: nothing by half. */
const WHOLE = [...Object.values(EXPECTED), 'one', 'two'];

interface Outcome {
  readonly error: unknown;
  readonly kept: readonly string[];
}

/** One run whose disk may refuse; it ends as a pull ends: closed, whatever happened. */
const run = async (
  dir: string,
  work: (store: Store) => Promise<void>,
  edges: Pick<OpenFolderOptions, 'files' | 'openRows'> = {},
): Promise<Outcome> => {
  const kept: string[] = [];
  const onKept = (_path: string, keptAs: string): void => void kept.push(keptAs);
  try {
    const { store, close } = await openMirror(dir, { ...edges, onKept });
    try {
      await work(store);
    } finally {
      await close();
    }
    return { error: undefined, kept };
  } catch (error) {
    return { error, kept };
  }
};

const OPERATIONS: readonly Operation[] = [
  'mkdir',
  'rmdir',
  'rename',
  'unlink',
  'writeFile',
  'createWriteStream',
  'sync',
];

/** Operations of that kind which only look whether something is mounted: at .rxsync, tmp, store-1 and the two in it. Any answer but one will do. */
const LOOKS: Partial<Record<Operation, number>> = { rename: 5 };

/** The second run with a fault; returns its error, after it is sure that no harm is done. */
const expectRepaired = async (
  edges: Pick<OpenFolderOptions, 'files' | 'openRows'>,
  fault: object,
): Promise<unknown> => {
  const dir = await newDirectory();
  await withMirror(dir, ({ store }) => first(store));
  const { error } = await run(dir, second, edges);
  for (const content of Object.values(await treeOf(dir))) expect(WHOLE).toContain(content);
  const again = await run(dir, second);
  expect({ fault, ...again, tree: await treeOf(dir) }).toEqual({
    fault,
    error: undefined,
    kept: [],
    tree: EXPECTED,
  });
  expect(await readdir(statePaths(dir).temporary)).toEqual([]);
  expect(await verifyMirror(dir, Date.now)).toMatchObject({ missing: [], changed: [], unrecorded: [] });
  return error;
};

describe.each(OPERATIONS)('a disk that refuses %s', (operation) => {
  test.each([
    { code: 'ENOSPC', isFull: true },
    { code: 'EACCES', isFull: false },
    { code: 'EIO', isFull: false },
  ])(
    'at any moment with $code: one clear error, no half file, and the next run puts it right',
    async ({ code, isFull }) => {
      const errors: unknown[] = [];
      for (let at = 1 + (LOOKS[operation] ?? 0); ; at += STEP) {
        const fault = { operation, at, code, isFull };
        const error = await expectRepaired({ files: failingFiles(fault) }, fault);
        if (error === undefined) break;
        errors.push(error);
      }
      expect(errors.length).toBeGreaterThan(0);
      for (const error of errors) {
        // What is refused in the mirror may be the matter of one file.
        const isOne = code === 'EACCES' && error instanceof RefusedFileError;
        expect(isOne || error instanceof StoreError).toBe(true);
        expect(error).toHaveProperty('message', expect.stringContaining(code));
      }
    },
  );
});

test('a folder of rxsync’s own that cannot be written is no matter of one file', async () => {
  const dir = await newDirectory();
  await withMirror(dir, ({ store }) => first(store));
  const files = failingFiles({ operation: 'writeFile', at: 2, code: 'EACCES', isFull: true });
  const { error } = await run(dir, second, { files });
  expect(error).toBeInstanceOf(StoreError);
});

test.each([true, false])(
  'a database that refuses to be written at any moment (all after it, too: %s): one clear error, and the next run puts it right',
  async (isFull) => {
    const errors: unknown[] = [];
    for (let at = 1; ; at += STEP) {
      const error = await expectRepaired({ openRows: failingRows({ at, isFull }) }, { at, isFull });
      if (error === undefined) break;
      errors.push(error);
    }
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) {
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toHaveProperty('message', expect.stringContaining('LEVEL_IO_ERROR'));
    }
  },
);

test('a full disk is named with what to do', async () => {
  const dir = await newDirectory();
  const { error } = await run(dir, second, {
    files: failingFiles({ operation: 'writeFile', at: 3, code: 'ENOSPC' }),
  });
  expect(error).toMatchObject({
    message: '"a.md" cannot be written: ENOSPC.',
    hint: expect.stringContaining('Free some space'),
  });
});
