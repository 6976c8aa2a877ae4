import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import { recordKey } from '../../lib/core/records.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { realFiles } from '../../lib/store/files.js';
import type { MirrorStore } from '../../lib/store/mirror-store.js';
import { openMirror } from '../../lib/store/open-mirror.js';
import { statePaths } from '../../lib/store/state-paths.js';
import { verifyMirror } from '../../lib/store/verify-mirror.js';
import { failingFiles, type Fault, type Operation } from './support/failing-files.js';
import { STATE, withMirror, writePage } from './support/mirror.js';
import { treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

// Each case opens a mirror some dozens of times.
jest.setTimeout(60_000);

const newDirectory = useTemporaryDirectories();

const writeAttachment = async (store: MirrorStore, id: string, target: string, content: string) => {
  const stamp = await store.writeStream(
    recordKey('attachment', id),
    target,
    Readable.from([Buffer.from(content)]),
    content.length,
  );
  await store.put({ kind: 'attachment', id, version: 2, fingerprint: '', files: [stamp] });
};

const first = async (store: MirrorStore) => {
  await writePage(store, '1', { 'a.md': 'one' });
  await writePage(store, '3', { 'old/c.md': 'three' });
};

/** What a pull does: a page anew, a page that has moved, an attachment, a deletion, checkpoints between. */
const second = async (store: MirrorStore) => {
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
  work: (store: MirrorStore) => Promise<void>,
  files = realFiles,
): Promise<Outcome> => {
  const kept: string[] = [];
  const onKept = (_path: string, keptAs: string): void => void kept.push(keptAs);
  try {
    const { store } = await openMirror(dir, { files, onKept });
    try {
      await work(store);
    } finally {
      await store.close();
    }
    return { error: undefined, kept };
  } catch (error) {
    return { error, kept };
  }
};

const OPERATIONS: readonly Operation[] = [
  'mkdir',
  'rename',
  'unlink',
  'writeFile',
  'createWriteStream',
  'append',
  'fsync',
];

/** The second run with a fault; returns its error, after it is sure that no harm is done. */
const expectRepaired = async (fault: Fault): Promise<unknown> => {
  const dir = await newDirectory();
  await withMirror(dir, ({ store }) => first(store));
  const { error } = await run(dir, second, failingFiles(fault));
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
      for (let at = 1; ; at += 1) {
        const error = await expectRepaired({ operation, at, code, isFull });
        if (error === undefined) break;
        errors.push(error);
      }
      expect(errors.length).toBeGreaterThan(0);
      for (const error of errors) {
        expect(error).toBeInstanceOf(StoreError);
        expect(error).toHaveProperty('message', expect.stringContaining(code));
      }
    },
  );
});

test('a full disk is named with what to do', async () => {
  const dir = await newDirectory();
  const { error } = await run(dir, second, failingFiles({ operation: 'writeFile', at: 1, code: 'ENOSPC' }));
  expect(error).toMatchObject({
    message: '"a.md" cannot be written: ENOSPC.',
    hint: expect.stringContaining('Free some space'),
  });
});
