import { expect, test } from '@jest/globals';
import type { FileStamp } from '../../lib/core/records.js';
import { FileTable, type OwnFile } from '../../lib/store/file-table.js';
import type { Rows } from '../../lib/store/rows.js';
import { memoryRows } from '../../lib/store/memory-rows.js';

const stamp = (path: string, hash: string): FileStamp => ({ path, bytes: hash.length, hash });

const runs = (rows: Rows = memoryRows()) => ({
  inRun: (run: number, cleanRun = run - 1) => new FileTable(rows, { run, cleanRun }),
});

const hashesAt = (files: FileTable, path: string): string[] => files.stampsAt(path).map(({ hash }) => hash);

test('a file that is expected is its owner’s, until it is released', async () => {
  const files = runs().inRun(1);
  await files.expect('page:1', stamp('a.md', 'one'), undefined);
  expect([files.ownerOf('a.md'), hashesAt(files, 'a.md')]).toEqual(['page:1', ['one']]);
  await files.expect('page:2', stamp('a.md', 'two'), stamp('a.md', 'one'));
  expect([files.ownerOf('a.md'), hashesAt(files, 'a.md')]).toEqual(['page:2', ['one', 'two']]);
  await files.release('a.md');
  expect([files.ownerOf('a.md'), hashesAt(files, 'a.md')]).toEqual([undefined, []]);
});

test('what a clean end has left behind is what the record says; of all others that may be there none is forgotten', async () => {
  const { inRun } = runs();
  await inRun(1).expect('page:1', stamp('a.md', 'one'), undefined);
  await inRun(2).expect('page:1', stamp('a.md', 'two'), stamp('a.md', 'one'));
  await inRun(3).expect('page:1', stamp('a.md', 'three'), stamp('a.md', 'two'));
  expect(hashesAt(inRun(3), 'a.md')).toEqual(['two', 'three']);
  // Neither the third nor the fourth run has ended cleanly.
  await inRun(4, 2).expect('page:1', stamp('a.md', 'four'), stamp('a.md', 'two'));
  await inRun(5, 2).expect('page:1', stamp('a.md', 'five'), stamp('a.md', 'two'));
  expect(hashesAt(inRun(5, 2), 'a.md')).toEqual(['two', 'three', 'four', 'five']);
});

test('two spellings of one name know what the other may have left, and keep their owners apart', async () => {
  const files = runs().inRun(1);
  await files.expect('page:1', stamp('Plan.md', 'one'), undefined);
  await files.expect('page:2', stamp('plan.md', 'two'), undefined);
  expect(hashesAt(files, 'PLAN.md').sort()).toEqual(['one', 'two']);
  expect([files.ownerOf('Plan.md'), files.ownerOf('plan.md')]).toEqual(['page:1', 'page:2']);
  await files.release('Plan.md');
  expect([files.ownerOf('Plan.md'), files.ownerOf('plan.md')]).toEqual([undefined, 'page:2']);
});

test('the directory of a folder is one until its own folder lets it go', async () => {
  const files = runs().inRun(1);
  await files.claimFolder('folder:5', 'guides');
  expect([files.isFolder('guides'), files.isFolder('guide')]).toEqual([true, false]);
  await files.releaseFolder('guides', 'folder:6');
  expect(files.isFolder('guides')).toBe(true);
  await files.releaseFolder('guides', 'folder:5');
  expect(files.isFolder('guides')).toBe(false);
});

test('everything is told with the run that has said so', async () => {
  const { inRun } = runs();
  await inRun(1).expect('page:1', stamp('b.md', 'one'), undefined);
  await inRun(2).claimFolder('folder:5', 'a');
  const all: OwnFile[] = [];
  for await (const file of inRun(3).all()) all.push(file);
  expect(all.map(({ path, run }) => [path, run])).toEqual([
    ['a', 2],
    ['b.md', 1],
  ]);
  expect(inRun(3).runOf('b.md')).toBe(1);
});
