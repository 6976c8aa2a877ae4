import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { newDocumentIndex } from '../../lib/documents/document-index.js';
import { noEntry } from '../../lib/documents/page-entry.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { Folder } from '../../lib/store/folder.js';
import { failingFiles, type Operation } from '../store/support/failing-files.js';
import { withFolder } from '../support/e2e.js';

test.each<[Operation, string]>([
  ['mkdir', 'EACCES'],
  ['createWriteStream', 'EROFS'],
  ['createWriteStream', 'ENOSPC'],
  ['sync', 'ENOSPC'],
  ['rename', 'EACCES'],
])('%s that is refused with %s says what could not be done, and what to do', async (operation, code) => {
  await withFolder(async (dir) => {
    await mkdir(path.join(dir, '.rxsync'));
    const folder = new Folder(dir, { files: failingFiles({ operation, at: 1, code, isFull: true }) });
    const work = async (): Promise<void> => {
      const index = await newDocumentIndex(folder, []);
      try {
        for (let id = 0; id < 5_000; id += 1) await index.add(noEntry(`page/${id}`));
        await index.commit();
      } finally {
        await index.close();
      }
    };
    const failure: unknown = await work().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreError);
    expect(String(failure)).toContain(
      `What is sent of the mirror in "${folder.root}" cannot be remembered: ${code}.`,
    );
    expect(failure).toHaveProperty('hint', expect.any(String));
  });
});
