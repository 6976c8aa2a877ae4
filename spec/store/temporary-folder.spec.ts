import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
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
