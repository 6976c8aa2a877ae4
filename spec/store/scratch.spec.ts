import { expect, test } from '@jest/globals';
import { openLevelRows } from '../../lib/store/level-rows.js';
import type { Scratch } from '../../lib/store/scratch.js';
import { scratchIn, temporaryScratch } from '../../lib/store/scratch.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

const inFolder = async (): Promise<Scratch> => {
  const folder = await storeFolder(await newDirectory());
  let count = 0;
  const vacancy = (): string => {
    count += 1;
    return `.rxsync/tmp/${count}`;
  };
  return scratchIn(folder, { vacancy, openRows: openLevelRows });
};

test.each<[string, () => Scratch | Promise<Scratch>]>([
  ['in a folder', inFolder],
  ['among the temporary files of the system', temporaryScratch],
])('rows %s are empty, each by themselves, and closed with the scratch', async (_, open) => {
  const scratch = await open();
  const [a, b] = [await scratch.openScratch(), await scratch.openScratch()];
  await a.write([['key', 'a']]);
  await b.write([['other', 'b']]);
  expect([a.get('key'), b.get('key'), b.get('other')]).toEqual(['a', undefined, 'b']);
  await scratch.close();
  for (const rows of [a, b]) await expect(rows.write([['key', 'c']])).rejects.toThrow();
  await scratch.close();
});

test('what cannot be opened is a StoreError', async () => {
  const folder = await storeFolder(await newDirectory());
  const error = Object.assign(new Error('refused'), { code: 'LEVEL_IO_ERROR' });
  const { openScratch, close } = scratchIn(folder, {
    vacancy: () => '.rxsync/tmp/1',
    openRows: () => Promise.reject(error),
  });
  await expect(openScratch()).rejects.toMatchObject({
    code: 'store',
    message: expect.stringMatching(/^What is listed cannot be stored among the temporary files: its records/),
  });
  await close();
});
