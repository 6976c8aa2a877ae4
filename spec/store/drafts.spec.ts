import { readdir, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { StoreError } from '../../lib/errors/store-error.js';
import { hashText } from '../../lib/store/hash-text.js';
import { withMirror } from './support/mirror.js';
import { statePaths } from './support/state-paths.js';
import { filesOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** Writes as a thread of its own would, and tells something of its own with it. */
const write = (content: string) => async (location: string) => {
  await writeFile(location, content);
  return { bytes: content.length, hash: hashText(content), title: 'One' };
};

test('what others write is no file of the mirror until it is published', async () => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    const draft = await store.draftBy?.('docs/a.md', write('one'));
    expect(draft).toMatchObject({ bytes: 3, hash: hashText('one'), title: 'One' });
    expect(await filesOf(dir)).toEqual({});
    const stamp = draft && (await store.publish('page:1', 'docs/a.md', draft));
    expect(stamp).toEqual({ path: 'docs/a.md', bytes: 3, hash: hashText('one') });
    expect(await filesOf(dir)).toEqual({ 'docs/a.md': 'one' });
  });
});

test('what comes to nothing leaves no draft, and neither does what fails', async () => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    const { temporary } = statePaths(dir);
    const given = await store.draftBy?.('a.md', async (location) => {
      await writeFile(location, 'half');
      return undefined;
    });
    expect(given).toBeUndefined();
    const failed = new Error('no text');
    await expect(
      store.draftBy?.('a.md', async (location) => {
        await writeFile(location, 'half');
        throw failed;
      }),
    ).rejects.toBe(failed);
    for (const each of await readdir(temporary, { withFileTypes: true }))
      expect([each.isDirectory(), await readdir(`${temporary}/${each.name}`)]).toEqual([true, []]);
  });
});

test('what the disk refuses while it is written is told of the file that it was to be', async () => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    const written = store.draftBy?.('docs/a.md', (location) => write('one')(`${location}/none`));
    await expect(written).rejects.toThrow(StoreError);
    await expect(written).rejects.toThrow('"docs/a.md" cannot be written: ENOENT.');
  });
});
