import { existsSync } from 'node:fs';
import { readdir, statfs, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { probeFolder } from '../../lib/store/probe-folder.js';
import { useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

test('a folder that is not there is tried in the nearest one above it, which is as it was afterwards', async () => {
  const root = await folder();
  const traits = await probeFolder(path.join(root, 'a/b'));
  expect(traits).toMatchObject({ tried: root, takesLongPaths: true });
  expect(traits.longestName).toBeGreaterThanOrEqual(80);
  expect(traits.freeBytes).toBeGreaterThan(0);
  expect(await readdir(root)).toEqual([]);
});

test('whether upper and lower case differ is found out by trying', async () => {
  const root = await folder();
  await writeFile(path.join(root, 'x'), '');
  expect((await probeFolder(root)).isCaseSensitive).toBe(!existsSync(path.join(root, 'X')));
});

test('what the file system does is found out, and how much room there is', async () => {
  const root = await folder();
  const { bavail, bsize } = await statfs(root);
  const free = bavail * bsize;
  const traits = await probeFolder(root);
  expect(traits).toMatchObject({ tried: root, keepsNames: true, longestName: 255, hasSymbolicLinks: true });
  expect(Math.abs((traits.freeBytes ?? 0) - free)).toBeLessThan(free / 2);
  expect(await readdir(root)).toEqual([]);
});

test('a folder in which nothing can be written is an error that names it', async () => {
  await expect(probeFolder('/proc/nowhere')).rejects.toMatchObject({
    code: 'store',
    message: 'Nothing can be written in "/proc": ENOENT.',
  });
});

test('a file in its place is an error that says what to do', async () => {
  const root = await folder();
  await writeFile(path.join(root, 'file'), '');

  await expect(probeFolder(path.join(root, 'file/mirror'))).rejects.toMatchObject({
    code: 'store',
    hint: expect.stringContaining('A file stands where a folder must be'),
  });
});

test.each([
  ['in a circle', 'link', 'Nothing can be written in "{}": ELOOP.', 'lead in a circle'],
  ['nowhere', 'gone', '"{}" is a symbolic link to a folder that is not there.', 'Make that folder'],
])('a link that leads %s is named, with what to do', async (_, target, message, hint) => {
  const link = path.join(await folder(), 'link');
  await symlink(target, link);
  await expect(probeFolder(link)).rejects.toMatchObject({
    code: 'store',
    message: message.replace('{}', link),
    hint: expect.stringContaining(hint),
  });
});
