import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { StoreError } from '../../lib/errors/store-error.js';
import { temporaryFolder } from '../../lib/store/temporary-folder.js';

test('each folder is a new one among the temporary files of the system, named for rxsync, and goes with all in it', async () => {
  const [a, b] = [await temporaryFolder(), await temporaryFolder()];
  expect(path.basename(a.folder.root)).toMatch(/^rxsync-.{6}$/);
  expect(os.tmpdir()).toContain(path.dirname(a.folder.root));
  expect(a.folder.root).not.toBe(b.folder.root);
  await a.folder.makeDirectory('docs');
  await a.folder.create('docs/a.md', 'one');
  await a.remove();
  expect([existsSync(a.folder.root), existsSync(b.folder.root)]).toEqual([false, true]);
  await b.remove();
});

const told = (directory: string, code: string) => ({
  message: `Temporary files cannot be written to "${directory}": ${code}.`,
  hint: expect.stringContaining('Set TMPDIR to a folder that may be written to'),
  cause: { code },
});

test('where none can be made, that folder is named', async () => {
  const nowhere = path.join(os.tmpdir(), 'rxsync-none', 'below');
  const tmpdir = jest.spyOn(os, 'tmpdir').mockReturnValue(nowhere);
  try {
    const made = temporaryFolder();
    await expect(made).rejects.toThrow(StoreError);
    await expect(made).rejects.toMatchObject(told(nowhere, 'ENOENT'));
  } finally {
    tmpdir.mockRestore();
  }
});

test('a file that the system refuses there is told as one of the temporary files', async () => {
  const { folder, remove } = await temporaryFolder();
  const made = folder.create('n'.repeat(300), 'one');
  await expect(made).rejects.toThrow(StoreError);
  await expect(made).rejects.toMatchObject(told(os.tmpdir(), 'ENAMETOOLONG'));
  await remove();
});
