import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { StoreError } from '../../lib/errors/store-error.js';
import { REPORT_PATH, writeReport } from '../../lib/store/report-file.js';
import { withMirror, writePage } from './support/mirror.js';
import { filesOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

test('the report of a folder that is no mirror stands in a folder of its own, which git leaves out', async () => {
  const dir = await newDirectory();
  expect(await writeReport(dir, '<p>one</p>')).toBe(path.join(dir, '.rxsync/report.html'));
  expect(await readFile(path.join(dir, REPORT_PATH), 'utf8')).toBe('<p>one</p>');
  expect(await readFile(path.join(dir, '.rxsync/.gitignore'), 'utf8')).toBe('*\n');
  expect(await filesOf(dir)).toEqual({});
});

test('a new one takes the place of the one before, also while a pull is at work', async () => {
  const dir = await newDirectory();
  await writeReport(dir, 'one');
  await withMirror(dir, async ({ store }) => {
    await writeReport(dir, 'two');
    await writePage(store, '1', { 'a.md': 'text' });
  });
  expect(await readFile(path.join(dir, REPORT_PATH), 'utf8')).toBe('two');
  expect(await readdir(path.join(dir, '.rxsync/tmp'))).toEqual([]);
});

test('where it cannot be written that is told, with the folder', async () => {
  const dir = await newDirectory();
  await mkdir(path.join(dir, REPORT_PATH), { recursive: true });
  const refused = writeReport(dir, 'one');
  await expect(refused).rejects.toThrow(StoreError);
  await expect(refused).rejects.toThrow(`The report of "${dir}" cannot be written: EISDIR.`);
  const none = path.join(dir, 'none');
  await expect(writeReport(none, 'one')).rejects.toThrow(
    `The report of "${none}" cannot be written: ENOENT.`,
  );
  await writeFile(none, '');
  await expect(writeReport(none, 'one')).rejects.toThrow(StoreError);
});
